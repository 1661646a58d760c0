import type { FlowNodeInput } from '@crmflow/contracts';
import { isJsonObject } from '@crmflow/contracts/json-object';

/** What a field of a node's data is, where it is no text. */
type Shape =
  | 'number'
  | 'flag'
  | 'any'
  /** A list of texts. */
  | 'list'
  /** Texts by name. */
  | 'pairs'
  /** Fields of its own. */
  | 'part'
  /** A list of parts, each of which has these texts at least. */
  | { columns: readonly string[] };

// A map, as data may have a field of any name, such as `constructor`.
const shapes = new Map<string, Shape>(
  Object.entries({
    ...{ retries: 'number', temperature: 'number', status: 'number', maxTurns: 'number' },
    ...{ useKnowledge: 'flag', usePersonality: 'flag', officeHours: 'flag', wait: 'flag' },
    ...{ body: 'any', schema: 'any', value: 'any', parameters: 'any', collect: 'any' },
    ...{ version: 'any', input: 'any' },
    ...{ headers: 'pairs', query: 'pairs', knowledge: 'list' },
    ...{ auth: 'part', converse: 'part', fallback: 'part' },
    choices: { columns: ['value', 'label'] },
    reminders: { columns: ['after', 'text'] },
    cases: { columns: ['handle', 'when'] },
    assign: { columns: ['name'] },
    set: { columns: ['name'] },
    // Each kind of tool has texts of its own.
    tools: { columns: [] },
  }),
);

type Fields = { [field: string]: unknown };

const isText = (value: unknown) => typeof value === 'string';
function soundField(shape: Shape | undefined, value: unknown): unknown {
  switch (shape) {
    case undefined:
      return isText(value) ? value : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'any':
      return value;
    case 'list':
      return Array.isArray(value) ? value.filter(isText) : undefined;
    case 'pairs':
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([, one]) => isText(one)))
        : undefined;
    case 'part':
      return isJsonObject(value) ? soundFields(value) : undefined;
    default: {
      const rows: unknown[] = Array.isArray(value) ? value : [];
      const blank = Object.fromEntries(shape.columns.map((column) => [column, '']));
      return rows.filter(isJsonObject).map((row) => ({ ...blank, ...soundFields(row) }));
    }
  }
}

function soundFields(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const sound = soundField(shapes.get(field), value);
      return sound === undefined ? [] : [[field, sound]];
    }),
  );
}

/**
 * As much of a node's data as a form can show. Data from the clipboard, or from another program, is
 * judged when it is saved; the check says what is wrong with the rest.
 */
export const soundData = <T extends FlowNodeInput['data']>(data: T): T =>
  soundFields(isJsonObject(data) ? data : {}) as T;
