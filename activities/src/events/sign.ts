import { createHmac } from 'node:crypto';

/** What is signed: the id of the event, the time of the attempt in seconds since 1970, and the body. */
export type Signed = { id: string; timestamp: number; body: string };

const keyOf = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`);
  return `v1,${hmac.digest('base64')}`;
}

/**
 * The headers of Standard Webhooks 1.0.0.
 * @param secrets `whsec_…`: there is a signature by each, so that a receiver may have either
 */
export const signedHeaders = (secrets: readonly string[], signed: Signed) => ({
  'webhook-id': signed.id,
  'webhook-timestamp': String(signed.timestamp),
  'webhook-signature': secrets.map((secret) => signatureOf(secret, signed)).join(' '),
});
