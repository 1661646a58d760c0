// What turns a document into passages, without a database: it also runs in the process that reads
// documents of strangers, which loads neither Prisma nor pg.
import type { LeftOut } from '@crmflow/contracts';
import { type Block, charactersOf, type Passage } from './block.js';
import { splitBlocks } from './split.js';

export type { Block, Passage } from './block.js';
export { blocksOfEntry } from './blocks-of-entry.js';
export { blocksOfText } from './blocks-of-text.js';

/** What was read of a document. */
export type ReadDocument = {
  passages: readonly Passage[];
  /** Of the document's text. */
  characters: number;
  /** Of a PDF. */
  pages?: number;
  /** The page's own title, for an item that its owner has not named. */
  name?: string;
  /** What is missing in it. */
  leftOut?: readonly LeftOut[];
};

/** The passages of a document, and how many characters its text has. */
export function splitDocument(
  blocks: readonly Block[],
): Pick<ReadDocument, 'passages' | 'characters'> {
  return { passages: splitBlocks(blocks), characters: charactersOf(blocks) };
}
