/** Where Temporal is and which of its queues are ours. */
export type TemporalConfig = { address: string; namespace: string; taskQueue: string };

/** The task queue of an installation that has Temporal to itself. */
export const defaultTaskQueue = 'crmflow';
