import { afterAll, describe, expect, it } from 'vitest';
import { hostileResolve, hostileUrls } from '../../test/hostile-urls.js';
import { createEgress } from './egress.js';

describe('hostile addresses', () => {
  const egress = createEgress({ allow: [], resolve: hostileResolve });
  afterAll(() => egress.close());

  it('are many', () => expect(hostileUrls.length).toBeGreaterThanOrEqual(40));

  it.each(hostileUrls)('%s', async (url) => {
    const answer = egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 });
    await expect(answer).rejects.toMatchObject({ code: 'egress_refused', retryable: false });
  });

  it('keeps credentials and resolved addresses out of the message', async () => {
    const ask = (url: string) =>
      egress.fetch({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 });
    await expect(ask('http://user:secret@127.0.0.1/?key=1')).rejects.not.toThrow(/secret|key/);
    await expect(ask('http://inside.test/')).rejects.not.toThrow(/10\.1\.2\.3/);
    await expect(ask('http://inside.test/')).rejects.toThrow(/CRMFLOW_EGRESS_ALLOW/);
  });
});
