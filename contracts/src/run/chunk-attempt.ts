/** More than a call needs: retried for a week, it has some 2,000 attempts of two answers each. */
const numbersOfCall = 10_000;
/** One answer, and a second where the first was cut at its limit. */
const answersOfAttempt = 2;

/**
 * The `attempt` of streamed text. Those who watch a visit keep the text with the highest number, so
 * each answer has a higher one than all before it, whether the first was cut, an attempt failed, or
 * the visit makes another call.
 * @param call which call of the visit, from 1
 * @param attempt which attempt of the call, from 1
 * @param isSecond whether it is asked for since the first answer of the attempt was cut
 */
export function chunkAttempt(call: number, attempt: number, isSecond: boolean): number {
  const answer = isSecond ? 2 : 1;
  return (call - 1) * numbersOfCall + (attempt - 1) * answersOfAttempt + answer;
}

/** Which attempt of its call, from 1, streamed text with this number. */
export function attemptOfChunk(number: number): number {
  return Math.ceil((number % numbersOfCall) / answersOfAttempt);
}
