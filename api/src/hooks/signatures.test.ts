import { createHmac } from 'node:crypto';
import type { WebhookAuth } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { authFault } from './signatures.js';

type Case = {
  auth: WebhookAuth;
  secret: string;
  headers: Record<string, string>;
  body: string;
  /** Seconds. */
  at?: number;
};

const hmac = (key: string | Buffer, text: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', key).update(text).digest(encoding);

const stripeSecret = 'whsec_test_of_stripe';

/** Published examples where there are some: GitHub's, Slack's, and that of Standard Webhooks. */
const cases: Record<string, Case> = {
  github: {
    auth: { kind: 'github' },
    secret: "It's a Secret to Everybody",
    headers: {
      'x-hub-signature-256':
        'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    },
    body: 'Hello, World!',
  },
  slack: {
    auth: { kind: 'slack', tolerance: 300 },
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    headers: {
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    },
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    at: 1531420618,
  },
  standard: {
    auth: { kind: 'standard', tolerance: 300 },
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature':
        'v1a,bm90aGluZw== v2,bm90aGluZw== v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    at: 1614265330,
  },
  stripe: {
    auth: { kind: 'stripe', tolerance: 300 },
    secret: stripeSecret,
    headers: {
      'stripe-signature': `t=1700000000,v0=ab,v1=${'0'.repeat(64)},v1=${hmac(stripeSecret, '1700000000.{"id":"evt_1"}')}`,
    },
    body: '{"id":"evt_1"}',
    at: 1700000000,
  },
  // As Shopify signs.
  hmac: {
    auth: {
      ...{ kind: 'hmac', header: 'x-shopify-hmac-sha256', algorithm: 'sha256' },
      ...{ encoding: 'base64', tolerance: 300 },
    },
    secret: 'hush, nobody',
    headers: { 'x-shopify-hmac-sha256': hmac('hush, nobody', '{"id":1}', 'base64') },
    body: '{"id":1}',
  },
  'hmac with a time': {
    auth: {
      ...{ kind: 'hmac', header: 'x-sig', algorithm: 'sha256', encoding: 'hex', tolerance: 60 },
      ...{ timestampHeader: 'x-time', signed: 'v1:{timestamp}:{body}' },
    },
    secret: 'a secret of mine',
    headers: {
      'x-time': '1700000000123',
      'x-sig': `sha256=${hmac('a secret of mine', 'v1:1700000000123:Größe')}`,
    },
    body: 'Größe',
    at: 1700000000,
  },
};

const check = (
  { auth, secret, headers, body, at = 0 }: Case,
  {
    secrets = [secret],
    later = 0,
    sent = body,
  }: { secrets?: string[]; later?: number; sent?: string | Buffer } = {},
) => authFault(auth, secrets, { headers, body: Buffer.from(sent), now: (at + later) * 1000 });

describe.each(Object.entries(cases))('%s', (_, one) => {
  it('accepts a correct signature, also by the older of two secrets', () => {
    expect(check(one)).toBeNull();
    expect(check(one, { secrets: ['whsec_bmV3ZXIgc2VjcmV0IGhlcmU=', one.secret] })).toBeNull();
  });

  it('rejects another secret, no secret and an empty one', () => {
    expect(check(one, { secrets: ['whsec_bmV3ZXIgc2VjcmV0IGhlcmU='] })).toMatch(/does not match/);
    expect(check(one, { secrets: [] })).toMatch(/does not match/);
    expect(check(one, { secrets: [''] })).toMatch(/does not match/);
  });

  it('rejects a body that differs by a byte', () => {
    for (const sent of [`${one.body} `, one.body.slice(1), '']) {
      expect(check(one, { sent })).toMatch(/does not match/);
    }
  });

  it('rejects missing and malformed headers', () => {
    for (const name of Object.keys(one.headers)) {
      const { [name]: value = '', ...others } = one.headers;
      expect(check({ ...one, headers: others })).not.toBeNull();
      for (const odd of ['', ' ', 'x', value.slice(0, -1), `${value}0`, value.toUpperCase()]) {
        if (odd === value) continue;
        const isHex = odd.toLowerCase() === value.toLowerCase();
        const fault = check({ ...one, headers: { ...others, [name]: odd } });
        if (!isHex) expect([odd, fault]).not.toEqual([odd, null]);
      }
    }
  });
});

describe.each(Object.entries(cases).filter(([, { at }]) => at !== undefined))(
  '%s at another time',
  (_, one) => {
    const { tolerance = 0 } = one.auth as { tolerance?: number };

    it('is rejected beyond the tolerance, in both directions', () => {
      expect(check(one, { later: tolerance - 1 })).toBeNull();
      expect(check(one, { later: 1 - tolerance })).toBeNull();
      for (const later of [tolerance + 1, -tolerance - 1, 1e6]) {
        expect(check(one, { later })).toMatch(/differs from that of the server/);
      }
    });
  },
);

describe('a token', () => {
  const token = (headers: Record<string, string>, header = 'authorization') =>
    authFault({ kind: 'token', header }, ['new-token-1', 'old-token-1'], {
      ...{ headers, body: Buffer.alloc(0), now: 0 },
    });

  it('is read from its header', () => {
    expect(token({ authorization: 'Bearer new-token-1' })).toBeNull();
    expect(token({ authorization: 'bearer old-token-1' })).toBeNull();
    expect(token({ 'x-gitlab-token': 'old-token-1' }, 'x-gitlab-token')).toBeNull();
  });

  it.each([
    [{}, /missing/],
    [{ authorization: 'new-token-1' }, /missing/],
    [{ authorization: 'Basic new-token-1' }, /missing/],
    [{ authorization: 'Bearer new-token-' }, /wrong/],
    [{ authorization: 'Bearer New-token-1' }, /wrong/],
    [{ 'x-gitlab-token': 'new-token-1' }, /missing/],
  ])('is rejected in %j', (headers, why) => {
    expect(token(headers as Record<string, string>)).toMatch(why);
  });
});

describe('a name and a password', () => {
  const basic = (text: string, secret: string, username?: string) =>
    authFault({ kind: 'basic', ...(username !== undefined && { username }) }, [secret], {
      headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
      ...{ body: Buffer.alloc(0), now: 0 },
    });

  it.each([
    ['ada:pass word', 'ada:pass word', undefined],
    ['ada:pass word', 'pass word', 'ada'],
    ['ada:with:colon', 'with:colon', 'ada'],
    ['anyone:pass word', 'pass word', undefined],
  ])('%s fits %s', (text, secret, username) => {
    expect(basic(text, secret, username)).toBeNull();
  });

  it.each([
    ['bob:pass word', 'ada:pass word', undefined],
    ['bob:pass word', 'pass word', 'ada'],
    ['ada:', 'pass word', 'ada'],
    ['pass word', 'pass word', undefined],
  ])('%s does not fit %s', (text, secret, username) => {
    expect(basic(text, secret, username)).toMatch(/wrong/);
  });
});

it('accepts everything if a webhook has no authentication', () => {
  expect(
    authFault({ kind: 'none' }, [], { headers: {}, body: Buffer.alloc(0), now: 0 }),
  ).toBeNull();
});
