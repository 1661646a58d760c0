/** How far the log of a run goes: up to which seq, in which epoch. */
export type LogEnd = { seq: number; epoch: number };
