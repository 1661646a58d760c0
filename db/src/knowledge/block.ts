/**
 * A piece of a document as it was read: a heading (level 0 is the document's title), or a paragraph,
 * a list item, a row of a table. `page` counts from 1.
 */
export type Block =
  | { kind: 'heading'; level: number; text: string; page?: number }
  | { kind: 'text'; text: string; page?: number };

/** A passage before it is stored. */
export type Passage = { text: string; heading?: string; page?: number };

/** How many characters blocks have in all. */
export function charactersOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
