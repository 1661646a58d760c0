/** Limits of this package alone; those that clients meet by name are in contracts. */
export const engineLimits = {
  /**
   * Units of work for one expression, or for all expressions of one template together. A unit is
   * one step of evaluation, one element looked at, or 16 characters read or written.
   */
  cost: 100_000,
  /** Units of work for all that shares a meter, such as the expressions of one node. */
  meteredCost: 1_000_000,
  charactersPerUnit: 16,
  /** Parentheses, calls and accesses within each other. */
  parseDepth: 60,
  /** Levels of the syntax tree; long chains of operators lean to one side and make many. */
  treeDepth: 250,
  /** Levels of lists and maps within each other in a value. */
  valueDepth: 100,
  compiledExpressions: 500,
  compiledTemplates: 200,
  compiledPatterns: 100,
  /** Instructions of a compiled pattern: what `x{1000}` unfolds to counts. */
  patternSize: 2_500,
  /** Instructions times characters: some 100 ms at the very worst. */
  patternWork: 40_000_000,
} as const;
