/** More than a call needs: retried for a week, it has some 2,000 attempts. */
const attemptsOfCall = 10_000;
/** Added for a second answer of an attempt, where the first was cut at its limit. */
const secondAnswer = attemptsOfCall / 2;

/**
 * The `attempt` of streamed text: that of the call, and above it for a second answer and for later
 * calls of a visit. Clients rely on the number of a retry being the next one, so the numbers do not
 * always grow: `orderOfChunk` does.
 * @param call which call of the visit, from 1
 * @param attempt which attempt of the call, from 1
 * @param isSecond whether it is asked for since the first answer of the attempt was cut
 */
export function chunkAttempt(call: number, attempt: number, isSecond: boolean): number {
  return (call - 1) * attemptsOfCall + attempt + (isSecond ? secondAnswer : 0);
}

/** Which attempt of its call, from 1, streamed text with this number. */
export function attemptOfChunk(number: number): number {
  return (number % attemptsOfCall) % secondAnswer;
}

/** Of several answers of a visit the latest is that with the highest order, by their numbers. */
export function orderOfChunk(number: number): number {
  const isSecond = number % attemptsOfCall > secondAnswer;
  const ofCall = Math.floor(number / attemptsOfCall) * attemptsOfCall;
  return 2 * (ofCall + attemptOfChunk(number)) + (isSecond ? 1 : 0);
}
