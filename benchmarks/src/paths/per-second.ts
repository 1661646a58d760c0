import { took } from '../measure.js';

/** Carries something out, in one of the lanes that work at once. */
export type Start = (lane: number) => Promise<unknown>;

/** Carries out all starts, so many at once, and says how many ended a second. */
export async function perSecond(starts: readonly Start[], atOnce: number): Promise<number> {
  const waiting = starts.values();
  const lane = async (_: unknown, index: number) => {
    for (const start of waiting) await start(index);
  };
  const ms = await took(() => Promise.all(Array.from({ length: atOnce }, lane)));
  return (starts.length / ms) * 1000;
}
