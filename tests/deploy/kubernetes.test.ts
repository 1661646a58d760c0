import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentSchema, readEnvironment } from '@crmflow/contracts/env';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { findKubernetesValidate } from '../../scripts/boot/schemathesis.mjs';
import { runProgram } from '../support/run-program.js';

type Probe = { httpGet: { path: string; port: string } };
type Container = {
  name: string;
  image: string;
  args: string[];
  env?: { name: string; value: string }[];
  ports?: { name: string; containerPort: number }[];
  livenessProbe: Probe;
  readinessProbe?: Probe;
};
type Resource = {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: { template: { spec: { containers: Container[]; initContainers?: Container[] } } };
};

/** The oldest that knows all that the manifests use. */
const kubernetes = '1.30';
const folder = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const { resources: names } = parse(read('kustomization.yml')) as { resources: string[] };
const resources = names.flatMap((name) =>
  parseAllDocuments(read(name)).map((document) => document.toJS() as Resource),
);
const podOf = (name: string) =>
  resources.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)?.spec
    ?.template.spec;
const [api] = podOf('crmflow-api')?.containers ?? [];
const worker = podOf('crmflow-worker');
const given = Object.assign(
  {},
  ...resources.flatMap(({ data, stringData }) => [data ?? {}, stringData ?? {}]),
) as Record<string, string>;
const environmentOf = (container: Container | undefined) =>
  Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));

let validator: string;
beforeAll(async () => {
  validator = await findKubernetesValidate();
});

async function validate(file: string) {
  const args = ['--strict', '-k', kubernetes, file];
  const { code, stdout, stderr } = await runProgram(validator, args);
  return { code, output: stdout + stderr };
}

describe('the manifests for Kubernetes', () => {
  it.each(names)('%s is what Kubernetes takes, and nothing else', async (name) => {
    expect(await validate(join(folder, name))).toMatchObject({ code: 0 });
  });

  it('would be refused with a word that Kubernetes does not know', async () => {
    const other = mkdtempSync(join(tmpdir(), 'crmflow-manifests-'));
    const file = join(other, 'api.yml');
    writeFileSync(file, read('api.yml').replace('preStop:', 'preStopped:'));
    expect(await validate(file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('preStopped'),
    });
    rmSync(other, { recursive: true });
  });

  it('give each role an environment that it accepts, and nothing that it does not know', () => {
    const keys = {
      ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
      METRICS_TOKEN: 'x'.repeat(20),
    };
    for (const container of [api, worker?.containers[0]]) {
      const environment = { ...given, ...keys, ...environmentOf(container) };
      expect(readEnvironment(environment)).toMatchObject({ ok: true });
      const unknown = Object.keys(environment).filter((key) => !(key in environmentSchema.shape));
      expect(unknown).toEqual([]);
    }
  });

  it('start roles that the image has', () => {
    const roles = readFileSync(join(folder, '../role.mjs'), 'utf8');
    const used = [api, ...(worker?.initContainers ?? []), ...(worker?.containers ?? [])];
    expect(used).toHaveLength(5);
    for (const role of used.flatMap((container) => container?.args ?? [])) {
      expect(roles).toMatch(new RegExp(`^  '?${role}'?: \\(\\) =>`, 'm'));
    }
  });

  it('replay active runs before new workers take over', () => {
    expect(worker?.initContainers?.map(({ args }) => args)).toEqual([
      ['migrate'],
      ['setup-temporal'],
      ['check-runs'],
    ]);
  });

  it('ask each process where it listens, and for its own life only', () => {
    for (const [container, port] of [
      [api, 'PORT'],
      [worker?.containers[0], 'WORKER_METRICS_PORT'],
    ] as const) {
      const [named] = container?.ports ?? [];
      expect(String(named?.containerPort)).toBe(environmentOf(container)[port]);
      const httpGet = { path: '/health', port: named?.name };
      expect(container?.livenessProbe).toMatchObject({ httpGet });
      expect(container?.readinessProbe ?? { httpGet }).toMatchObject({ httpGet });
    }
  });
});
