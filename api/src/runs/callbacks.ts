import { isFinal, type Json } from '@crmflow/contracts';
import {
  answerCallback,
  type CallbackAnswer,
  callbackSecretOf,
  ensureCallback,
  findCallback,
  markDelivered,
  settleAnswer,
  type StoredCallback,
} from '@crmflow/db';
import { callbackToken } from '@crmflow/workflows';
import { canonicalHash } from '../canonical-hash.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { hashOfToken } from '../secret-token.js';
import { callbacksOf } from './callback-secret.js';
import { launchStored } from './launch.js';
import { readRun, storedView } from './read-run.js';
import { readRunHead } from './run-head.js';

const unknown = () => new AppError('not_found', 'This address does not exist.');
const over = (why: string) =>
  new AppError('callback_over', `This address is no longer valid: ${why}`);

/** Why an address that nobody has called can be called no more; null where it can. */
function overBy({ isPast, status, view, nodeId, visit }: StoredCallback): AppError | null {
  if (isPast) return over('the flow has gone on without it.');
  if (isFinal(status)) return over('the run has ended.');
  const isHere = view?.currentNodes.some((at) => at.nodeId === nodeId && at.visit === visit);
  const deadline = isHere ? view?.waiting?.deadline : undefined;
  // The run may not have noticed yet.
  return deadline !== undefined && Date.parse(deadline) < Date.now()
    ? over('its time limit has passed.')
    : null;
}

/**
 * Looks at the address of a token, and changes nothing.
 * @throws AppError `not_found`; `callback_over` where it was never called and can be no more
 * @returns whether it was called already
 */
export async function lookAtCallback(
  { pool }: Pick<RunDeps, 'pool'>,
  token: string,
): Promise<'open' | 'answered'> {
  const callback = await findCallback(pool, hashOfToken(token));
  if (!callback) throw unknown();
  if (callback.answer) return 'answered';
  const reason = overBy(callback);
  if (reason) throw reason;
  return 'open';
}

/**
 * Gives a run what a call has brought. Safe to repeat.
 * @returns false where the run has ended without it; the answer is withdrawn then
 */
export async function deliverCallback(
  deps: RunDeps,
  runId: string,
  answer: CallbackAnswer,
): Promise<boolean> {
  const key = { runId, ...answer };
  const settled = await settleAnswer(deps.pool, key, 'past');
  if (settled !== null) return settled;
  // Twice, as the run may be retried at this moment.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const { status, launched } = await readRunHead(deps.pool, runId);
    if (isFinal(status)) break;
    if (!launched) await launchStored(deps, runId);
    if (!(await deps.engine.answerCallback(runId, answer))) continue;
    await markDelivered(deps.pool, key);
    return true;
  }
  // Somebody else has noted it meanwhile.
  return (await settleAnswer(deps.pool, key, 'ended')) ?? true;
}

/** The answer that an address has: that of this call, or of an earlier one. */
async function claim(
  { pool }: RunDeps,
  tokenHash: string,
  asked: { hash: string; value: Json },
): Promise<StoredCallback & { answer: NonNullable<StoredCallback['answer']> }> {
  for (;;) {
    const callback = await findCallback(pool, tokenHash);
    if (!callback) throw unknown();
    const { answer } = callback;
    if (answer) return { ...callback, answer };
    const reason = overBy(callback);
    if (reason) throw reason;
    const at = await answerCallback(pool, tokenHash, asked);
    if (at) return { ...callback, answer: { ...asked, at, isDelivered: false } };
  }
}

/**
 * Answers a callback node. The address works once: the same value again is the same call, which is
 * answered as it was. Accepted once Temporal has it; what is accepted while the run is elsewhere waits
 * for it at the node.
 * @throws AppError `not_found`, `callback_used` for another value than the first, `callback_over`; the
 *   client's error where Temporal does not answer: then call it again
 */
export async function acceptCallback(deps: RunDeps, token: string, value: Json): Promise<void> {
  const hash = canonicalHash([value]);
  const { runId, nodeId, visit, answer } = await claim(deps, hashOfToken(token), { hash, value });
  if (!answer.isDelivered) {
    const first = { nodeId, visit, value: answer.value, at: answer.at.getTime() };
    if (!(await deliverCallback(deps, runId, first))) throw over('the run has ended.');
  }
  if (answer.hash === hash) return;
  const detail = 'This address works once, and was called before with something else.';
  throw new AppError('callback_used', detail);
}

/**
 * The address that answers the callback node where a run waits, for who tests it. The same as in its
 * texts.
 * @throws AppError `not_found`, `not_waiting`
 */
export async function addressOfWait(
  deps: RunDeps & Pick<Deps, 'config'>,
  runId: string,
): Promise<{ url: string; nodeId: string }> {
  const { waiting, currentNodes } = storedView(await readRun(deps, runId));
  const [at] = currentNodes;
  if (waiting?.expect !== 'callback' || !at) {
    throw new AppError('not_waiting', 'The run does not wait for a callback.');
  }
  const { config, pool } = deps;
  const { nodeId, visit } = at;
  const { base } = callbacksOf(config, runId);
  const tokens = [config.encryptionKey, ...config.previousEncryptionKeys].map((key) =>
    callbackToken(callbackSecretOf(key, runId), nodeId, visit),
  );
  const [newest = ''] = tokens;
  const tokenHash = await ensureCallback(pool, runId, {
    ...{ nodeId, visit },
    tokenHash: hashOfToken(newest),
  });
  const token = tokens.find((one) => hashOfToken(one) === tokenHash);
  if (token === undefined) {
    const detail = 'The address of this wait was made with an encryption key that is gone.';
    throw new AppError('not_waiting', detail);
  }
  return { url: `${base}${token}`, nodeId };
}
