/** Milliseconds: a flow of a thousand nodes takes a while on a busy machine. */
export const transactionLimits = { maxWait: 5_000, timeout: 15_000 };
