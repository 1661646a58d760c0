import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { type Replica, startReplica } from '../support/replica.js';

const site = useInstallation();
let replica: Replica;
beforeAll(async () => (replica = await startReplica(site.system, 'api')));
afterAll(() => replica?.kill());

const megabyte = 1_000_000;
const uploads = 24;
const fileBytes = 9.9 * megabyte;
/** What the API may grow by while it takes them; all at once would be 400 MB and their copies. */
const mostGrowth = 250 * megabyte;

const boundary = 'a-boundary';
const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-`;
const body = Buffer.concat([
  Buffer.from(head),
  Buffer.alloc(fileBytes),
  Buffer.from(`\r\n--${boundary}--\r\n`),
]);

/** The most memory that a process has had since `forgetPeak`, in bytes. */
function peakOf(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  return Number(kilobytes) * 1024;
}

const forgetPeak = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5');

it('takes many large files without holding them all in memory', async () => {
  const users = await Promise.all([site.another(), site.another(), site.another()]);
  const upload = async (_: unknown, index: number) => {
    const client = users[index % users.length]!;
    const response = await fetch(`${replica.url}/api/knowledge/pdf`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.token}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body,
    });
    const { id } = (await response.json()) as { id: string };
    return {
      answered: response.status,
      remove: () => client.call('DELETE', `/api/knowledge/${id}`),
    };
  };
  forgetPeak(replica.pid);
  const before = peakOf(replica.pid);
  const answers = await Promise.all(Array.from({ length: uploads }, upload));
  const growth = peakOf(replica.pid) - before;
  expect(growth).toBeLessThan(mostGrowth);
  expect(new Set(answers.map(({ answered }) => answered))).toEqual(new Set([201]));
  await Promise.all(answers.map(({ remove }) => remove()));
});
