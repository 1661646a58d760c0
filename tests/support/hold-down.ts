import type { System } from './system.js';
import { until } from './until.js';

/** The API that is away. */
export type Away = {
  /** Has it started again, and waits until it answers; nothing happens the second time. */
  back(): Promise<void>;
};

/**
 * Kills the API, and the supervisor, which is stopped meanwhile, does not start it again until it
 * is told to.
 */
export async function holdApiDown(system: System): Promise<Away> {
  const supervisor = system.pidOf('supervisor');
  if (supervisor === undefined) throw new Error('there is no supervisor');
  process.kill(supervisor, 'SIGSTOP');
  let isAway = true;
  const back = async () => {
    if (!isAway) return;
    isAway = false;
    process.kill(supervisor, 'SIGCONT');
    const answers = () => fetch(`${system.url}/health`).catch(() => undefined);
    await until('the API to be back', async () => (await answers())?.ok, { timeoutMs: 60_000 });
  };
  await system.kill('api').catch(async (error: unknown) => {
    await back();
    throw error;
  });
  return { back };
}
