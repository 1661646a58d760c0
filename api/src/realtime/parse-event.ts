import { clientEventSchemas, fieldErrors } from '@crmflow/contracts';
import type { z } from 'zod';
import { AppError } from '../errors/app-error.js';
import { storableFaults } from '../http/storable-body.js';

/** The events that clients may send. */
export type ClientEventName = keyof typeof clientEventSchemas;

/** The payload of one of them, checked. */
export type ClientPayload<K extends ClientEventName> = z.output<(typeof clientEventSchemas)[K]>;

function isAttaching(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'runId' in payload;
}

/** The one shape that is meant, so that faults name fields instead of "no member of the union". */
function schemaFor(name: ClientEventName, payload: unknown): z.ZodType {
  if (name !== 'session:start') return clientEventSchemas[name];
  const [attach, start] = clientEventSchemas[name].options;
  return isAttaching(payload) ? attach : start;
}

/**
 * Checks what a client sent.
 * @throws AppError `invalid` with each fault and its path
 */
export function parseEvent<K extends ClientEventName>(name: K, payload: unknown): ClientPayload<K> {
  const unstorable = storableFaults(payload);
  if (unstorable.length > 0) {
    throw new AppError(
      'invalid',
      'Some texts contain characters that cannot be stored. See `errors` for each field.',
      { errors: unstorable },
    );
  }
  const result = schemaFor(name, payload).safeParse(payload);
  if (result.success) return result.data as ClientPayload<K>;
  throw new AppError(
    'invalid',
    `${name} is not valid. See \`errors\` for each field and how to fix it.`,
    {
      errors: fieldErrors(result.error),
    },
  );
}
