import type { KnowledgeLanguage } from '../kinds.js';

/**
 * Name of the workflow type that reads the knowledge of one workspace, as Temporal knows it. There
 * is one per workspace while something waits, so that nobody's documents hold up those of others.
 */
export const readKnowledgeOfType = 'readKnowledgeOf';

/** The signal that says that something new waits to be read. */
export const knowledgeWaitsSignal = 'knowledgeWaits';

/** The id of the workflow that reads a workspace's knowledge. */
export const knowledgeWorkflowId = (workspaceId: string) => `knowledge-of-${workspaceId}`;

/** The task queue of what reads knowledge: what it does never takes a place from conversations. */
export const knowledgeQueueOf = (taskQueue: string) => `${taskQueue}-knowledge`;

/** One reading of an item: what a later one has overtaken changes nothing any more. */
export type KnowledgeReading = { itemId: string; reading: number };

/** Why a reading failed, or its meanings could not be stored. */
export type ReadingError = { code: string; message: string };

/** The activities that read knowledge; each may be repeated. */
export interface KnowledgeActivities {
  /** The readings of a workspace that wait, the oldest first, without those of the items named. */
  findWaitingKnowledge(request: {
    workspaceId: string;
    except: string[];
    limit: number;
  }): Promise<KnowledgeReading[]>;
  /**
   * Reads what an item is made from, and stores its passages beside those that are found so far.
   * `gone`: the item was deleted or is read again since.
   */
  readKnowledge(reading: KnowledgeReading): Promise<'read' | 'gone'>;
  /** Stores the meanings of the passages, where a key for a model is there. */
  embedKnowledge(reading: KnowledgeReading): Promise<void>;
  /** Puts the passages in the place of those before. */
  publishKnowledge(reading: KnowledgeReading, error?: ReadingError): Promise<void>;
  /** Ends a reading that failed. */
  failKnowledge(reading: KnowledgeReading, error: ReadingError): Promise<void>;
  /** Has the words of an item found by another language's rules. */
  reindexKnowledge(change: { itemId: string; language: KnowledgeLanguage }): Promise<void>;
}

/** Name of the workflow type that changes the language of an item, as Temporal knows it. */
export const reindexKnowledgeType = 'reindexItem';
