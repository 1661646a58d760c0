import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalModel } from '@crmflow/activities';
import { embedAgain, hasKnowledge } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** How often it is looked whether there is something to do, and a model to do it by. */
const everyMs = 10_000;
/** How often once nothing was missing: what is added from then on is embedded as it is read. */
const idleMs = 60_000;

/**
 * Sees to it that all knowledge is found by the meanings of this machine's model: what was added
 * before the model was there, and what another model has read. Runs for as long as `signal` does not
 * abort; never rejects. Why there is no model, the model itself says.
 */
export async function keepMeanings(
  { pool, model, logger }: { pool: Pool; model: LocalModel; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    let isDone = false;
    try {
      if (await hasKnowledge(pool)) {
        const name = await model.name().catch(() => undefined);
        const embed = model.embed.bind(model);
        while (name !== undefined && (await embedAgain({ pool, embed }, name, signal)));
        isDone = name !== undefined;
      }
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'Meanings could not be stored');
    }
    await sleep(isDone ? idleMs : everyMs, undefined, { signal }).catch(() => undefined);
  }
}
