/** The sample below which a part `q` of all samples lies; NaN where there are none. */
export const quantile = (samples: readonly number[], q: number): number =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length * q)] ?? Number.NaN;
