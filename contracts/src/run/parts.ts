/** How a listen node reads a reply. */
export type Expectation = 'any' | 'choice' | 'number' | 'email' | 'date' | 'pattern';

/** One answer to choose. */
export type Choice = { value: string; label: string };

/** Tokens of one call of the model. */
export type Usage = { inputTokens: number; outputTokens: number };

/** Why a node or a run failed: a stable code, and words that say how to mend it. */
export type RunError = { code: string; message: string; nodeId?: string };
