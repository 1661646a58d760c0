import type { Json } from '@crmflow/contracts';

/** An attribute as it is read and typed: a text as it is, anything else as JSON. */
export const attributeText = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** One line of a form of attributes. */
export type AttributeLine = { name: string; text: string };

/**
 * Attributes of the lines of a form. What was not touched keeps its type: `3` is not made `"3"`.
 * @param before as they were read
 */
export function attributesOf(
  lines: readonly AttributeLine[],
  before: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const entries = lines
    .map(({ name, text }) => ({ name: name.trim(), text }))
    .filter(({ name }) => name !== '')
    .map(({ name, text }) => {
      const old = Object.hasOwn(before, name) ? before[name] : undefined;
      const isSame = old !== undefined && attributeText(old) === text;
      return [name, isSame ? old : text] as const;
    });
  return Object.fromEntries(entries);
}
