import type { LeftOut } from '@crmflow/contracts';
import type { Passage } from '@crmflow/db/passages';
import type { KnowledgeCode } from '../knowledge-error.js';

/** What the reader is to do with the bytes that it gets on standard input. */
export type ReaderJob =
  | { kind: 'pdf'; maxPages: number }
  /** `shown` is the page's address for messages. */
  | { kind: 'page'; contentType: string; shown: string }
  /** A text that somebody typed in; `name` is its title or the question that it answers. */
  | { kind: 'entry'; name: string }
  /** Whether a robots.txt lets us read `page`. */
  | { kind: 'robots'; url: string; page: string };

/**
 * The most that one job may cost; `timeMs` is time of the processor. `nice` from 0 to 19: how far it
 * stands back for others where cores are few.
 */
export type ReaderLimits = { memoryBytes: number; timeMs: number; nice?: number };

/** What the reader writes, a JSON object a line: progress, passages in parts, and its last word. */
export type ReaderLine =
  | { page: number; total: number }
  | { passages: Passage[] }
  | { done: { characters: number; pages?: number; title?: string; leftOut?: LeftOut[] } }
  | { allowed: boolean }
  | { error: { code: KnowledgeCode; message: string } }
  | { error: { code: 'memory' | 'time'; message?: never } };
