import { type AdminConnection, prepareNamespace, temporalSettings } from '@crmflow/temporal-config';
import type { Logger } from 'pino';

/**
 * Registers what runs are searched by, where this worker may. Where it may not, as in a Temporal
 * that somebody else looks after, runs go without until somebody does.
 */
export async function prepareTemporal(
  connection: AdminConnection,
  namespace: string,
  logger: Logger,
): Promise<void> {
  try {
    await prepareNamespace(connection, { ...temporalSettings, namespace });
  } catch (error) {
    const message =
      'The namespace could not be set up; runs cannot be searched for in Temporal until its search attributes are registered';
    logger.warn({ err: error, namespace }, message);
  }
}
