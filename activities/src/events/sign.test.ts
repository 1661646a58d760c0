import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedHeaders } from './sign.js';

describe('the headers of an event', () => {
  it('are those of the published vector of Standard Webhooks', () => {
    const headers = signedHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('have a signature for each secret while one is replaced, over the body as UTF-8', () => {
    const bytes = [Buffer.alloc(24, 1), Buffer.alloc(64, 2)];
    const secrets = bytes.map((key) => `whsec_${key.toString('base64')}`);
    const signed = { id: 'evt_1', timestamp: 1, body: '{"text":"äöü 😀"}' };
    const expected = bytes.map((key) => {
      const content = Buffer.concat([Buffer.from('evt_1.1.'), Buffer.from(signed.body, 'utf8')]);
      return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
    });
    expect(signedHeaders(secrets, signed)['webhook-signature']).toBe(expected.join(' '));
  });
});
