import type { Problem, TriedHttp } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import type { Client } from '../support/client.js';
import { flowOf } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';

const site = useInstallation();
const secret = 'sk-live-0123456789-abcdef';

async function tryIt(data: object, more: object = {}, as: Client = site.client) {
  const id = await site.client.save(flowOf([], []));
  return as.call<TriedHttp & Problem>('POST', `/api/workflows/${id}/try-http`, { data, ...more });
}

describe('trying a request of an integration node', () => {
  it('evaluates its expressions, sends the request and shows the response', async () => {
    const { status, body } = await tryIt(
      {
        method: 'POST',
        url: `${site.echo.url}/people/{{ vars.name }}`,
        headers: { 'X-From': '{{ input.from }}' },
        body: { n: '{{ vars.n }}' },
      },
      { vars: { name: 'a/b', n: 7 }, input: { from: 'test' } },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 200,
      truncated: false,
      body: {
        method: 'POST',
        path: '/people/a%2Fb',
        body: { n: 7 },
        headers: { 'x-from': 'test' },
      },
    });
  });

  it('shows statuses of 400 and above as responses, and sends nothing twice', async () => {
    const { body } = await tryIt({ url: `${site.echo.url}/status/503` });
    expect(body).toMatchObject({ status: 503, body: { error: 'Service Unavailable' } });
    const sent = site.echo.requests.filter(({ path }) => path === '/status/503');
    expect(sent).toHaveLength(1);
  });

  it('uses the stored key of who asks, and shows it nowhere', async () => {
    const hosts = [new URL(site.echo.url).host];
    await site.client.call('POST', '/api/keys', { service: 'crm', key: secret, hosts });
    const auth = { secret: 'crm', in: 'header', name: 'X-Api-Key' };
    const { body } = await tryIt({ url: `${site.echo.url}/keyed`, auth });
    expect(site.echo.requests.at(-1)?.headers['x-api-key']).toBe(secret);
    expect(body).toMatchObject({ status: 200, body: { headers: { 'x-api-key': '[secret]' } } });
    expect(JSON.stringify(body)).not.toContain(secret);
    const stranger = await site.another();
    expect((await tryIt({ url: `${site.echo.url}/x`, auth }, {}, stranger)).status).toBe(404);
  });

  it.each([
    [{ url: 'http://127.0.0.1:5432/' }, 'egress_refused'],
    [{ url: 'http://169.254.169.254/latest/meta-data/' }, 'egress_refused'],
    [{ url: 'http://[::ffff:10.0.0.1]/' }, 'egress_refused'],
    [{ url: 'https://{{ vars.missing }}/' }, 'expression_failed'],
    [{ url: 'https://{{ vars. }}/' }, 'flow_invalid'],
    [{ url: '' }, 'flow_invalid'],
    [{ url: 'https://{{ "evil.example" }}/', auth: { secret: 'crm' } }, 'flow_invalid'],
    [{ url: 'https://evil.example/', auth: { secret: 'crm' } }, 'key_host_refused'],
    [{ url: 'https://example.com/', auth: { secret: 'nothing' } }, 'key_missing'],
    [{ url: 'https://example.com/', method: 'TRACE' }, 'invalid'],
  ])('refuses %j', async (data, code) => {
    const { status, body } = await tryIt(data);
    expect([status, body.code]).toEqual([422, code]);
  });
});
