import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalModel } from '@crmflow/activities';
import { embedAgain, hasKnowledge } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** How often it is looked whether meanings are missing. */
const everyMs = 10_000;

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
    try {
      if (await hasKnowledge(pool)) {
        const name = await model.name().catch(() => undefined);
        const embed = model.embed.bind(model);
        while (name !== undefined && (await embedAgain({ pool, embed }, name, signal)));
      }
    } catch (error) {
      if (!signal.aborted) logger.warn({ err: error }, 'Meanings could not be stored');
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
