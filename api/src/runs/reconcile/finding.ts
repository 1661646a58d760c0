/** What the reconciler did with a run that Temporal and the database did not agree on. */
export type Finding = 'launched' | 'ended' | 'forgotten';

/** Is told of each finding, for the metrics. */
export type CountFinding = (finding: Finding) => void;
