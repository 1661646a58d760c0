/** How a flush and the log of its run relate. */
export type Comparison = {
  /** The run's, before the flush. */
  lastSeq: number;
  finished: boolean;
  /** The first seq at which the log tells something else, if any. */
  diverges: number | null;
  /** The first seq of the flush that the log has no row for, if any. */
  lacks: number | null;
};

/** What is to be done with it. */
export type Merge = {
  /** Drop the log from this seq on. */
  dropFrom: number | null;
  insert: boolean;
  /** Readers may have gone past what is written now: they have to go back. */
  rewinds: boolean;
  /** Whether the flush speaks of the newest state. */
  newest: boolean;
};

/**
 * What a flush that does not simply go on where the log ends changes. Equal rows stay; a row that
 * differs replaces the one there and all after it; a flush that came late changes no newer state,
 * opens no finished run, and ends none that was opened again.
 */
export function decideMerge(
  { lastSeq, finished, diverges, lacks }: Comparison,
  flush: { lastSeq: number; finished: boolean },
): Merge {
  const insert = diverges !== null || lacks !== null;
  const reopens = finished && !flush.finished && !insert;
  // The run was retried since: another execution speaks for it now.
  const closes = flush.finished && !finished && !insert;
  return {
    dropFrom: diverges,
    insert,
    rewinds: diverges !== null || (lacks !== null && lacks <= lastSeq),
    newest: diverges !== null || (flush.lastSeq >= lastSeq && !reopens && !closes),
  };
}
