import type { FlowNodeInput } from '@crmflow/contracts';

type SetData = Extract<Extract<FlowNodeInput, { type: 'logic' }>['data'], { kind: 'set' }>;

/** Any JSON value, as a set node keeps it. */
export type Value = NonNullable<SetData['assign']>[number]['value'];

/** A value as one types it: texts as they are, all else as JSON. */
export function writeValue(value: Value): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return readValue(value) === value ? value : JSON.stringify(value);
}

/** What a typed value means: a number, true, a list as JSON; otherwise the text itself. */
export function readValue(text: string): Value {
  const trimmed = text.trim();
  if (!/^(-?\d|true$|false$|null$|["[{])/.test(trimmed) || trimmed.startsWith('{{')) return text;
  try {
    return JSON.parse(trimmed) as Value;
  } catch {
    return text;
  }
}
