import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { TemporalSettings } from './settings.js';

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

/**
 * Adds the search attributes that a namespace does not have yet; a run that set one which its
 * namespace lacks would stand still.
 * @throws Error where the server does not answer, or the namespace has one with another type
 */
export async function addSearchAttributes(
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
        `The search attribute ${name} of namespace "${namespace}" has another type than ${type}. ` +
          'Use another namespace (TEMPORAL_NAMESPACE).',
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  await operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
}
