import { WorkflowUpdateFailedError } from '@temporalio/client';

/** A run would not move to another version: its reason, with a code and words. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The reason of a run that has refused; null for any other error. */
export function asRefusal(error: unknown): MigrationRefused | null {
  if (!(error instanceof WorkflowUpdateFailedError)) return null;
  const { cause } = error;
  if (!cause || !('type' in cause) || typeof cause.type !== 'string') return null;
  return new MigrationRefused(cause.type, cause.message);
}
