import type { RunError } from './run/parts.js';

/** Name of the workflow type that reads an item of knowledge, as Temporal knows it. */
export const extractKnowledgeType = 'extractKnowledge';

/** One reading of an item: what a later one has overtaken changes nothing any more. */
export type KnowledgeReading = { itemId: string; reading: number };

/** The id of the workflow of a reading: at most one there is of each. */
export const extractionId = ({ itemId, reading }: KnowledgeReading) =>
  `knowledge-${itemId}-${reading}`;

/** Why a reading failed, or its meanings could not be stored. */
export type KnowledgeTrouble = Omit<RunError, 'nodeId'>;

/** The activities that `extractKnowledge` calls; each may be repeated. */
export interface KnowledgeActivities {
  /**
   * Reads what an item is made from, and stores its passages beside those that are found so far.
   * `gone`: the item was deleted or is read anew since.
   */
  readKnowledge(reading: KnowledgeReading): Promise<'read' | 'gone'>;
  /** Stores the meanings of the passages, where a key for a model is there. */
  embedKnowledge(reading: KnowledgeReading): Promise<void>;
  /** Puts the passages in the place of those before. */
  publishKnowledge(reading: KnowledgeReading, trouble?: KnowledgeTrouble): Promise<void>;
  /** Ends a reading that failed. */
  failKnowledge(reading: KnowledgeReading, trouble: KnowledgeTrouble): Promise<void>;
}
