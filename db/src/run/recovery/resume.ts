/**
 * From where in its log a run goes on: what an execution is built from that has no other input.
 * Kept with the run, so that any process can launch it.
 */
export type Resume = {
  by: 'retry' | 'fork';
  nodeId: string;
  /** The one that the node will have. */
  visit: number;
  /** The run knows what it knew after this event. */
  afterSeq: number;
  /** The end of its log before it goes on. */
  lastSeq: number;
  /** When that was asked for, in epoch milliseconds. */
  at: number;
};
