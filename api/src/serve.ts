import type { Logger } from 'pino';
import { createApp } from './app.js';
import type { Config } from './config/config.js';
import { createDeps } from './create-deps.js';
import { createHttpServer } from './http/create-server.js';
import { drain } from './http/drain.js';
import { listen } from './http/listen.js';
import { attachRealtime } from './realtime/attach-realtime.js';
import { createRoutes } from './routes.js';
import { startReconciler } from './runs/reconcile/start-reconciler.js';

/** A running API. */
export type Service = {
  port: number;
  /** Takes nobody new, lets go of the sockets, and lets requests under way finish for a while. */
  stop: () => Promise<void>;
};

/** Of the ten seconds that a part has to stop in. */
const graceMs = 7_000;

/**
 * Runs the API: HTTP, sockets, the reconciler of runs, schedules, and the web app where it was built.
 * @param webFolder where the web app was built to
 * @throws ListenError where the port cannot be had; a database or Temporal that is away is no
 *   reason not to start
 */
export async function serve(config: Config, logger: Logger, webFolder: string): Promise<Service> {
  const { deps, close } = createDeps(config, logger);
  const app = createApp(deps, { routes: createRoutes(deps), webFolder });
  const server = createHttpServer(app, config);
  const port = await listen(server, config);
  const realtime = attachRealtime(server, deps);
  const reconciler = startReconciler(deps);
  deps.firings.run();
  return {
    port,
    async stop() {
      deps.runWatch.close();
      await Promise.allSettled([
        ...[drain(server, graceMs), realtime.close(), reconciler.close()],
        deps.firings.close(),
      ]);
      await close();
    },
  };
}
