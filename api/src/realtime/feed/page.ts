import type { WireEvent } from '@crmflow/contracts';

/** What to read of a run's log. */
export type LogRead = {
  afterSeq: number;
  /** The newest rewriting of the log that the reader knows of. */
  knownEpoch: number;
};

/** What one consistent look at a run's log found. */
export type LogPage = {
  epoch: number;
  lastSeq: number;
  /** Set where the log was rewritten since `knownEpoch`: what came after it is void. */
  rewoundTo?: number;
  /** Ascending, from the first after `afterSeq`. */
  rows: WireEvent[];
};
