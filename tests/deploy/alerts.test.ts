import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../../scripts/boot/ports.mjs';
import { type Client, register } from '../support/client.js';
import { converse } from '../support/conversation.js';
import { row, say } from '../support/flows.js';
import { type OwnSystem, startSystem } from '../support/system.js';

type Alert = { alert: string; expr: string; annotations: { runbook_url: string } };
type Panel = { title: string; targets: { expr: string }[] };

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { groups } = parse(read('deploy/monitoring/alerts.yml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(read('deploy/monitoring/dashboard.json')) as { panels: Panel[] };
const queries = [
  ...alerts.map(({ alert, expr }) => [alert, expr] as const),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** The names of the metrics that a query reads, and where it is no PromQL. */
function metricsIn(query: string): { metrics: string[]; faults: number[] } {
  const metrics: string[] = [];
  const faults: number[] = [];
  parser.parse(query).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) faults.push(from);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        metrics.push(query.slice(from, to));
    },
  });
  return { metrics, faults };
}

/** The names of all samples of a page of metrics. */
const samplesOf = (page: string) =>
  new Set([...page.matchAll(/^([a-zA-Z_:][\w:]*)[{ ]/gm)].map(([, name]) => name));

let system: OwnSystem;
let client: Client;
let samples: Set<string | undefined>;
beforeAll(async () => {
  const workerPort = await freePort();
  system = await startSystem({
    templateDir: inject('templateDir'),
    env: { WORKER_METRICS_PORT: String(workerPort) },
  });
  client = await register(system.url);
  const workflowId = await client.save(row([say('hello', 'Hello')]));
  await (await converse(client, { workflowId, version: 'draft' })).finished();
  const pages = await Promise.all(
    [system.url, `http://127.0.0.1:${workerPort}`].map(async (url) =>
      (await fetch(`${url}/metrics`)).text(),
    ),
  );
  // What Prometheus itself notes of each process.
  samples = new Set([...samplesOf(pages.join('\n')), 'up']);
});
afterAll(async () => {
  client?.close();
  await system?.stop();
});

it.each(queries)('%s reads metrics that exist: %s', (_, query) => {
  const { metrics, faults } = metricsIn(query);
  expect(faults).toEqual([]);
  expect(metrics.length).toBeGreaterThan(0);
  expect(metrics.filter((name) => !samples.has(name))).toEqual([]);
});

describe.each(alerts)('$alert', ({ alert, annotations }) => {
  it('leads to a section that says what to do', () => {
    const [file = '', anchor] = annotations.runbook_url.split('#');
    expect(anchor).toBe(alert.toLowerCase());
    const sections = read(file).split(/^(?=#{2,3} )/m);
    const section = sections.find((one) => one.startsWith(`### ${alert}\n`)) ?? '';
    expect(section.trim().split('\n').length).toBeGreaterThan(2);
  });
});

it('explains no alert that there is not', () => {
  const explained = [...read('docs/guides/operations.md').matchAll(/^### (Crmflow\w+)$/gm)];
  expect(explained.map(([, name]) => name).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});
