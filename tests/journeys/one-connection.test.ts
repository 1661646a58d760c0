import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../openapi/rows.js';
import { useInstallation } from '../support/installation.js';
import { type Replica, startReplica } from '../support/replica.js';

const site = useInstallation();
let replica: Replica;
beforeAll(async () => {
  replica = await startReplica(site.system, 'api', {
    DATABASE_POOL_SIZE: '1',
    GEMINI_API_KEY: 'fake-key',
    GEMINI_BASE_URL: site.gemini.url,
  });
});
afterAll(() => replica?.kill());

const atOnce = 3;

/** Whoever waits for a second connection while it holds the only one waits for itself. */
describe('an API with a single database connection', () => {
  it.each(Object.entries(rows))('answers %s', async (name, row) => {
    const asked = await row.ask(site.client, site.another, site.system);
    const { path, body, as = site.client } = asked;
    const [method = ''] = name.split(' ');
    const ask = async () => {
      const response = await fetch(replica.url + path, {
        method,
        headers: {
          authorization: `Bearer ${as.token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    const answers = await Promise.all(Array.from({ length: atOnce }, ask));
    for (const { status, text } of answers) expect(status, text).toBeLessThan(500);
  });
});
