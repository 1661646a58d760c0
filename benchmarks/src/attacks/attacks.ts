import { randomBytes, randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Client } from '../../../tests/support/client.js';
import { ask, edge, flowOf, node, row, say } from '../../../tests/support/flows.js';
import type { Site } from '../../../tests/support/site.js';
import { until } from '../../../tests/support/until.js';

/** One round of an attack; it is repeated until the time is over. Gives the codes that it got. */
export type Round = () => Promise<string[]>;

/**
 * Prepares an attack of an account, or of somebody who has only its URL.
 * @param ended while it is not aborted, the attack goes on
 */
type Attack = (attacker: Client, site: Site, ended: AbortSignal) => Promise<Round>;

const repeat = <T>(count: number, one: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => one(i)));

/** Sends a request and tells its status, or why there was none. */
async function codeOf(url: string, init: RequestInit): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000), ...init });
    await response.arrayBuffer();
    return String(response.status);
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'time-out' : 'cut off';
  }
}

const json = (token: string | undefined, body: string): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  },
  body,
});

const post = (client: Client, path: string, body: string) =>
  codeOf(client.url + path, json(client.token, body));

function upload(client: Client, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'application/pdf' }), `${randomUUID()}.pdf`);
  const headers = { authorization: `Bearer ${client.token}` };
  return codeOf(`${client.url}/api/knowledge/pdf`, { method: 'POST', headers, body: form });
}

/** A PDF of one page whose content is small, and 30 MB once it is unpacked. */
function inflatingPdf(): Uint8Array<ArrayBuffer> {
  const content = deflateSync(Buffer.from('(some text) Tj 1 0 0 1 7 7 Tm '.repeat(1_000_000)));
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>',
    `<</Length ${content.length}/Filter/FlateDecode>>stream\n${content.toString('latin1')}\nendstream`,
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('');
  return new Uint8Array(
    Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R/Size 5>>\n%%EOF`, 'latin1'),
  );
}

const largeFlow = () => row(Array.from({ length: 900 }, (_, i) => say(`n${i}`, 'x'.repeat(700))));

const scrape = (client: Client, site: Site, path: string) =>
  post(client, '/api/knowledge/scrape', JSON.stringify({ url: site.url + path }));

/** Removes what an attacker has, so that its next round is not refused for being too much. */
async function emptyKnowledge(client: Client): Promise<void> {
  const { body } = await client.call<{ items?: { id: string }[] }>('GET', '/api/knowledge');
  for (const { id } of body.items ?? []) await client.call('DELETE', `/api/knowledge/${id}`);
}

/** Attacks by their names, as the table has them. */
export const attacks: Record<string, Attack> = {
  async 'retries at once'(attacker) {
    const http = node('it', 'integration', { url: 'http://127.0.0.1:1/', timeout: 'PT1S' });
    const workflowId = await attacker.save(row([http]));
    const runs = await repeat(24, async () => {
      const start = { version: 'draft' };
      const path = `/api/workflows/${workflowId}/runs`;
      return (await attacker.call<{ runId: string }>('POST', path, start)).body.runId;
    });
    const failed = async (runId: string) => (await attacker.snapshot(runId)).status === 'failed';
    await until(
      'the runs to fail',
      async () => (await Promise.all(runs.map(failed))).every(Boolean),
      {
        timeoutMs: 120_000,
        everyMs: 1_000,
      },
    );
    return () => Promise.all(runs.map((runId) => post(attacker, `/api/runs/${runId}/retry`, '{}')));
  },

  async 'bulk starts of 900 nodes'(attacker) {
    const path = `/api/workflows/${await attacker.save(largeFlow())}/runs`;
    return () => repeat(30, () => post(attacker, path, '{"version":"draft"}'));
  },

  async 'a loop that writes'(attacker) {
    const names = [0, 1, 2, 3].map((i) => `v${i}`);
    const variables = names.map((name) => ({ name, default: randomBytes(30_000).toString('hex') }));
    const nodes = [say('a', '{{ vars.v0 }}'), say('b', '{{ vars.v1 }}')];
    const edges = [edge('start', 'out', 'a'), edge('a', 'out', 'b'), edge('b', 'out', 'a')];
    const path = `/api/workflows/${await attacker.save(flowOf(nodes, edges, { variables }))}/runs`;
    return () => repeat(4, () => post(attacker, path, '{"version":"draft"}'));
  },

  async uploads(attacker) {
    const bytes = new Uint8Array(9_900_000).fill(32);
    bytes.set(Buffer.from('%PDF-1.4\n'));
    return async () => {
      const codes = await repeat(20, () => upload(attacker, bytes));
      await emptyKnowledge(attacker);
      return codes;
    };
  },

  async 'PDFs that inflate'(attacker) {
    const bytes = inflatingPdf();
    return async () => {
      const codes = await repeat(10, () => upload(attacker, bytes));
      await emptyKnowledge(attacker);
      return codes;
    };
  },

  async 'hostile pages'(attacker, site) {
    site.put('/pipes', `<p>a${'|'.repeat(70_000)}b</p>`);
    site.put('/lists', '<ul><li><a href=x>y</a>'.repeat(240) + 'x'.repeat(40_000));
    site.put('/headings', (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end(`# ${'#'.repeat(50_000)}x`);
    });
    site.put('/thead', '<p><li>'.repeat(2_000) + '<thead>'.repeat(20_000));
    return async () => {
      const paths = ['/pipes', '/lists', '/headings', '/thead'];
      const codes = await Promise.all(paths.map((path) => scrape(attacker, site, path)));
      await emptyKnowledge(attacker);
      return codes;
    };
  },

  async 'hostile robots.txt'(attacker, site) {
    const agents = Array.from({ length: 9_000 }, (_, i) => `User-agent: a${i}`);
    const rules = Array.from({ length: 9_000 }, (_, i) => `Disallow: /${i}`);
    site.put('/robots.txt', (response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.end([...agents, ...rules].join('\n'));
    });
    site.put('/plain', '<p>One page</p>');
    return async () => {
      const codes = await repeat(6, (i) => scrape(attacker, site, `/plain?${i}`));
      await emptyKnowledge(attacker);
      return codes;
    };
  },

  async 'hostile entries'(attacker) {
    const texts = ['Dr. '.repeat(15_000), 'Abc\n\n'.repeat(15_000), `# ${'#'.repeat(40_000)}x`];
    const bodies = texts.map((content) => JSON.stringify({ name: 'n', content }));
    return async () => {
      const codes = await repeat(9, (i) =>
        post(attacker, '/api/knowledge/manual', bodies[i % bodies.length] ?? ''),
      );
      await emptyKnowledge(attacker);
      return codes;
    };
  },

  async 'heavy lists'(attacker) {
    for (let i = 0; i < 12; i += 1) {
      const workflowId = await attacker.save(largeFlow());
      await attacker.call('POST', `/api/workflows/${workflowId}/publish`, {});
    }
    const headers = { authorization: `Bearer ${attacker.token}` };
    const url = `${attacker.url}/api/workflows?status=changed`;
    return () => repeat(24, () => codeOf(url, { headers }));
  },

  async 'clones of a large flow'(attacker) {
    const path = `/api/workflows/${await attacker.save(largeFlow())}/clone`;
    return () => repeat(20, () => post(attacker, path, '{}'));
  },

  async 'a flood of sockets'(attacker, _, ended) {
    return async () => {
      const sockets = Array.from({ length: 100 }, () => attacker.socket());
      const codes = await Promise.all(
        sockets.map(
          (socket) =>
            new Promise<string>((resolve) => {
              socket.on('connect_error', () => resolve('refused'));
              socket.on('disconnect', () => resolve('disconnected'));
              socket.on('connect', () => {
                for (let i = 0; i < 200; i += 1) {
                  socket.emit('unknown' as 'user:message', {} as never, () => {});
                  const message = { runId: 'r', message: 'm', messageId: `${i}` };
                  socket.emit('user:message', message, () => {});
                }
                setTimeout(() => resolve('connected'), 2_000);
              });
              ended.addEventListener('abort', () => resolve('connected'));
            }),
        ),
      );
      for (const socket of sockets) socket.close();
      return codes;
    };
  },

  async 'a flood of messages'(attacker) {
    const workflowId = await attacker.save(
      row([ask('one'), node('w', 'logic', { kind: 'wait', duration: 'PT1H' })]),
    );
    const started = await attacker.call<{ runId: string }>(
      'POST',
      `/api/workflows/${workflowId}/runs`,
      { version: 'draft' },
    );
    const path = `/api/runs/${started.body.runId}/messages`;
    const text = 'm'.repeat(12_000);
    return () =>
      repeat(100, () =>
        post(attacker, path, JSON.stringify({ message: text, messageId: randomUUID() })),
      );
  },

  async "strangers' large bodies"(attacker) {
    const body = JSON.stringify({ email: 'a', password: 'x', zz: Array<number>(700_000).fill(0) });
    return () =>
      repeat(8, () => codeOf(`${attacker.url}/api/auth/register`, json(undefined, body)));
  },

  async "strangers' guesses of passwords"(attacker) {
    return () =>
      repeat(40, (i) => {
        const body = { email: `${i}@example.com`, password: randomUUID() };
        return codeOf(`${attacker.url}/api/auth/login`, json(undefined, JSON.stringify(body)));
      });
  },
};
