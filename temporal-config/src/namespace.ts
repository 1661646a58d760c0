import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
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

const types = proto.temporal.api.enums.v1.IndexedValueType;

/** As Temporal numbers the types of search attributes. */
const typeNumbers = {
  Text: types.INDEXED_VALUE_TYPE_TEXT,
  Keyword: types.INDEXED_VALUE_TYPE_KEYWORD,
  Int: types.INDEXED_VALUE_TYPE_INT,
  Double: types.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: types.INDEXED_VALUE_TYPE_BOOL,
  Datetime: types.INDEXED_VALUE_TYPE_DATETIME,
};

/** Adds those that the namespace lacks: a run that set one of these would never go on. */
async function addSearchAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
  wanted: TemporalSettings['searchAttributes'],
): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, number> = {};
  for (const [name, type] of Object.entries(wanted)) {
    const found = customAttributes[name];
    if (found === undefined) missing[name] = typeNumbers[type];
    else if (found !== typeNumbers[type]) {
      throw new Error(
        `The search attribute ${name} of the namespace "${namespace}" does not have the type ${type}. ` +
          'Use another namespace (TEMPORAL_NAMESPACE).',
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}

/**
 * Sets a namespace up: registers it, raises the retention of ended runs where it is shorter than
 * wanted (a dev server's default is one day), and adds the search attributes of runs. Idempotent,
 * also when called by many at once.
 * @throws Error when the server does not answer; when it does not know a new namespace yet (try
 *   again some seconds later); when a search attribute has another type
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
