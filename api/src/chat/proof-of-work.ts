import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { ProofChallenge } from '@crmflow/contracts';
import { proofSolutionSchema } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { createProcessLimit } from '../rate-limits/create-rate-limit.js';
import type { Chat } from './chats.js';

/** The header in which a solved challenge is sent. */
export const proofHeader = 'X-Proof-Of-Work';

/** Half of it is tried on average: a second of a laptop, some seconds of a phone. */
const maxNumber = 50_000;
const lifetimeMs = 5 * 60_000;

/** What one network address, and all together, may begin before work is asked for. */
const perAddress = { times: 60, seconds: 600 };
const perChat = { times: 300, seconds: 600 };

/** The end of the salt keeps a digit of the time from being passed off as one of the number. */
const saltPattern = /^[0-9a-f]{24}\?expires=(\d{10})&$/;

const hashOf = (salt: string, number: number) =>
  createHash('sha256').update(`${salt}${number}`).digest('hex');

const signatureOf = (challenge: string, secret: Buffer) =>
  createHmac('sha256', secret).update(challenge).digest('hex');

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * A challenge of the protocol of altcha: which number, appended to the salt, has this SHA-256?
 * @param now epoch milliseconds
 */
export function makeChallenge(secret: Buffer, now: number): ProofChallenge {
  const expires = Math.floor((now + lifetimeMs) / 1000);
  const salt = `${randomBytes(12).toString('hex')}?expires=${expires}&`;
  const challenge = hashOf(salt, randomInt(maxNumber + 1));
  return {
    ...{ algorithm: 'SHA-256' as const, challenge, maxnumber: maxNumber, salt },
    signature: signatureOf(challenge, secret),
  };
}

function parseSolution(header: string) {
  try {
    const text = Buffer.from(header, 'base64').toString();
    return proofSolutionSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Checks a solved challenge, as base64 of JSON.
 * @returns the challenge and its end (epoch milliseconds), to be used once; or what is wrong
 */
export function checkProof(
  header: string,
  secret: Buffer,
  now: number,
): { challenge: string; expiresAt: number } | { fault: 'invalid' | 'expired' } {
  const solution = parseSolution(header);
  if (!solution) return { fault: 'invalid' };
  const { challenge, number, salt, signature } = solution;
  const [, expires] = saltPattern.exec(salt) ?? [];
  if (
    expires === undefined ||
    !isSame(hashOf(salt, number), challenge) ||
    !isSame(signatureOf(challenge, secret), signature)
  ) {
    return { fault: 'invalid' };
  }
  const expiresAt = Number(expires) * 1000;
  return expiresAt < now ? { fault: 'expired' } : { challenge, expiresAt };
}

/** Used challenges are among the counters of rate limits until they expire. @returns whether it was new */
async function useOnce(
  pool: Pool,
  { challenge, expiresAt }: { challenge: string; expiresAt: number },
  now: number,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'use-proof',
    text: `
      WITH old AS (
        SELECT key FROM "RateLimit" WHERE expire < $3 AND starts_with(key, 'chat-proof:')
         LIMIT 100 FOR UPDATE SKIP LOCKED
      ), gone AS (DELETE FROM "RateLimit" USING old WHERE "RateLimit".key = old.key)
      INSERT INTO "RateLimit" (key, points, expire) VALUES ('chat-proof:' || $1, 1, $2)
      ON CONFLICT (key) DO NOTHING`,
    values: [challenge, expiresAt, now],
  });
  return rowCount === 1;
}

const details = {
  missing: `Many visitors came here recently. Find the number from 0 to \`maxnumber\` for which SHA-256 of \`salt\` followed by the number is \`challenge\`, and repeat the request with it in the header ${proofHeader}: base64 of {"algorithm", "challenge", "number", "salt", "signature"} as JSON.`,
  invalid: `The proof in ${proofHeader} does not solve a challenge of this chat. Solve this one, and send base64 of {"algorithm", "challenge", "number", "salt", "signature"} as JSON.`,
  expired: 'The challenge has expired. Solve this one within five minutes.',
  used: 'The challenge was used already. Solve this one: each is for one request.',
};

/** What visitors can begin. Each is counted separately. */
type Act = 'visitor' | 'conversation';

/** Asks visitors for proof of work, if the settings of the chat or a flood require it. */
export type ProofOfWork = {
  /**
   * @param proof what was sent in `proofHeader`
   * @throws AppError `proof_required`, with a challenge
   */
  require(act: Act, chat: Chat, address: string, proof: string | undefined): Promise<void>;
};

/** @param now gives epoch milliseconds */
export function createProofOfWork(
  deps: Pick<Deps, 'pool' | 'config'>,
  now: () => number = Date.now,
): ProofOfWork {
  const addresses = createProcessLimit(deps, perAddress);
  const chats = createProcessLimit(deps, perChat);
  const secretOf = (chatId: string) =>
    createHmac('sha256', Buffer.from(deps.config.encryptionKey, 'base64'))
      .update(`proof of work ${chatId}`)
      .digest();

  /** Counts in any case: whoever works counts too. */
  async function isFlood(act: Act, chat: Chat, address: string): Promise<boolean> {
    const counted = await Promise.allSettled([
      addresses.consume(`${act} ${chat.id} ${address}`),
      chats.consume(`${act} ${chat.id}`),
    ]);
    return counted.some(({ status }) => status === 'rejected');
  }

  return {
    async require(act, chat, address, proof) {
      const { proofOfWork } = chat.settings;
      if (proofOfWork === 'off') return;
      const isAsked = (await isFlood(act, chat, address)) || proofOfWork === 'always';
      if (!isAsked) return;
      const secret = secretOf(chat.id);
      const refuse = (why: keyof typeof details) => {
        const challenge = makeChallenge(secret, now());
        return new AppError('proof_required', details[why], { extra: { challenge } });
      };
      if (proof === undefined) throw refuse('missing');
      const checked = checkProof(proof, secret, now());
      if ('fault' in checked) throw refuse(checked.fault);
      if (!(await useOnce(deps.pool, checked, now()))) throw refuse('used');
    },
  };
}
