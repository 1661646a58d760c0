import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { addSearchAttributes } from './search-attributes.js';
import type { TemporalSettings } from './settings.js';

/** The part of a connection that sets a namespace up. */
export type AdminConnection = Pick<Connection, 'workflowService' | 'operatorService'>;

/** What of the settings belongs to a namespace. */
export type NamespaceSettings = Pick<
  TemporalSettings,
  'namespace' | 'retentionDays' | 'searchAttributes'
>;

const daySeconds = 86_400;
/** As gRPC numbers it. */
const notFound = 5;

const isMissing = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === notFound;

async function keptSeconds({ workflowService }: AdminConnection, namespace: string) {
  try {
    const { config } = await workflowService.describeNamespace({ namespace });
    return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Sets a namespace up, as far as it is not: registers it, has it keep ended runs for as many days
 * as wanted where it would keep them for less (a dev server's default is one day), and adds what
 * runs can be searched by. Safe to call at any time, by many at once.
 * @throws Error where the server does not answer, or knows a new namespace only in some seconds:
 *   then try again
 */
export async function prepareNamespace(
  connection: AdminConnection,
  { namespace, retentionDays, searchAttributes }: NamespaceSettings,
): Promise<void> {
  const { workflowService } = connection;
  const wanted = retentionDays * daySeconds;
  const workflowExecutionRetentionTtl = msToTs(wanted * 1000);
  const kept = await keptSeconds(connection, namespace);
  if (kept === undefined) {
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: workflowExecutionRetentionTtl,
    });
  } else if (kept < wanted) {
    await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } });
  }
  await addSearchAttributes(connection, namespace, searchAttributes);
}
