import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentSchema, readEnvironment } from '@crmflow/contracts/env';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { keeper } from './context.js';
import { copiesOf, last, readStages } from './dockerfile.js';

type Service = {
  image: string;
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  networks?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  restart?: string;
  cap_drop?: string[];
  security_opt?: string[];
  logging?: { options: Record<string, string> };
  deploy?: { resources: { limits: { memory: string } } };
};
type Compose = { services: Record<string, Service>; networks: Record<string, unknown> };

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const text = read('docker-compose.yml');
const { services, networks } = parse(text, { merge: true }) as Compose;
const all = Object.entries(services);
const ours = all.filter(([, { image }]) => image.startsWith('crmflow:'));

/** The names of all `${NAME…}` in a text; of the required ones only, where wanted. */
const variablesIn = (source: string, required = false) =>
  new Set(
    [...source.matchAll(/\$\{(\w+)(:\?)?/g)]
      .filter(([, , mark]) => !required || mark !== undefined)
      .map(([, name]) => name ?? ''),
  );

/** What a service is given where the file .env sets only what is required. */
function environmentOf(service: Service, set: Record<string, string>): Record<string, string> {
  const fill = (value: string) =>
    value.replaceAll(
      /\$\{(\w+)(?::[?-]([^}]*))?\}/g,
      (_, name: string, or: string) => set[name] ?? or,
    );
  return Object.fromEntries(
    Object.entries(service.environment ?? {}).map(([name, value]) => [name, fill(value)]),
  );
}

/** Workspaces, and the ones that they depend on. */
function workspacesOf(...names: string[]): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies = {} } = JSON.parse(read(`${name}/package.json`)) as {
      dependencies?: Record<string, string>;
    };
    for (const one of Object.keys(dependencies)) {
      if (one.startsWith('@crmflow/')) add(one.slice('@crmflow/'.length));
    }
  };
  names.forEach(add);
  return [...found];
}

const least = {
  POSTGRES_PASSWORD: 'a1',
  CRMFLOW_DB_PASSWORD: 'b2',
  TEMPORAL_DB_PASSWORD: 'c3',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  PUBLIC_URL: 'https://crm.example.com',
};

describe('docker-compose.yml', () => {
  it('requires what has no safe default, and nothing else', () => {
    expect([...variablesIn(text, true)].sort()).toEqual(Object.keys(least).sort());
    expect(text).not.toMatch(/PASSWORD:-/);
  });

  it('takes variables that .env.example explains', () => {
    const explained = new Set([...read('.env.example').matchAll(/^#?(\w+)=/gm)].map(([, n]) => n));
    const overlays = ['docker-compose.tls.yml', 'docker-compose.monitoring.yml'].map(read);
    const taken = [text, ...overlays].flatMap((source) => [...variablesIn(source)]);
    expect(taken.filter((name) => !explained.has(name))).toEqual([]);
  });

  it.each(ours)('gives %s an environment that it accepts', (_, service) => {
    expect(readEnvironment(environmentOf(service, least))).toMatchObject({ ok: true });
  });

  it('hands on every variable, but those of other forms', () => {
    const handed = ours.flatMap(([, { environment = {} }]) => Object.keys(environment));
    const missing = Object.keys(environmentSchema.shape).filter((name) => !handed.includes(name));
    // Its Temporal is its own, in a network that nobody else is in.
    const isOfAnotherTemporal = (name: string) => /^TEMPORAL_(TLS|API_KEY)/.test(name);
    expect(missing.filter((name) => !isOfAnotherTemporal(name))).toEqual([
      'CRMFLOW_DATA_DIR',
      'DATABASE_DIRECT_URL',
      // Containers have no folder of a user to keep a model in: one is mounted, or there is none.
      'XDG_CACHE_HOME',
    ]);
  });

  it('hands the keys to both who use them', () => {
    for (const name of ['api', 'worker']) {
      expect(Object.keys(services[name]?.environment ?? {})).toEqual(
        expect.arrayContaining(['ENCRYPTION_KEY', 'ENCRYPTION_KEY_PREVIOUS', 'GEMINI_API_KEY']),
      );
    }
  });

  it('publishes the API, and on loopback the UI of Temporal', () => {
    const published = all.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([
      ['proxy', '${HOST:-127.0.0.1}:${PORT:-3001}:8080'],
      ['proxy', '127.0.0.1:${TEMPORAL_UI_PORT:-8233}:8233'],
    ]);
  });

  it('keeps database and Temporal where nothing outside reaches them', () => {
    expect(networks['data']).toEqual({ internal: true });
    for (const name of ['postgres', 'temporal', 'temporal-schema']) {
      expect(services[name]?.networks).toEqual(['data']);
    }
    expect(services['proxy']?.networks).not.toContain('data');
  });

  it.each(all)('pins, limits and confines %s', (_, service) => {
    expect(service.image).toMatch(/:(\d+\.\d+|\$\{CRMFLOW_VERSION:-local\})/);
    expect(service.restart).toMatch(/^(unless-stopped|on-failure:\d)$/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.logging?.options['max-size']).toBe('10m');
    expect(service.deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/);
  });

  it('starts api and worker only when database and namespace are made', () => {
    for (const name of ['api', 'worker']) {
      expect(services[name]?.depends_on).toEqual({
        migrate: { condition: 'service_completed_successfully' },
        'temporal-namespace': { condition: 'service_completed_successfully' },
      });
    }
  });

  it('gives Temporal the dynamic configuration of the embedded one', () => {
    const { environment, volumes } = services['temporal'] ?? {};
    const file = environment?.['DYNAMIC_CONFIG_FILE_PATH'] ?? '';
    expect(volumes).toContain(`./temporal-config/dynamic-config.json:${file}:ro`);
  });
});

describe('docker-compose.monitoring.yml', () => {
  const monitoring = parse(read('docker-compose.monitoring.yml'), { merge: true }) as Compose;
  const added = Object.entries(monitoring.services);

  it.each(added)('pins, limits and confines %s, and publishes it on loopback', (_, service) => {
    expect(service.image).toMatch(/:v?\d+\.\d+\.\d+$/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.deploy?.resources.limits.memory).toMatch(/^\d+[MG]$/);
    expect(service.ports?.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
  });

  it.each(added)('mounts files into %s that there are', (_, { volumes = [] }) => {
    const files = volumes.map((volume) => volume.split(':')[0] ?? '');
    for (const file of files.filter((name) => name.startsWith('./'))) {
      expect(read(file)).not.toBe('');
    }
  });

  it('reads the metrics of all replicas where they are', () => {
    const { scrape_configs: jobs } = parse(read('deploy/monitoring/prometheus.yml')) as {
      scrape_configs: { dns_sd_configs: { names: string[]; port: number }[] }[];
    };
    const { environment } = services['worker'] ?? {};
    expect(jobs.flatMap((job) => job.dns_sd_configs)).toMatchObject([
      { names: ['api'], port: Number(services['api']?.environment?.['PORT']) },
      { names: ['worker'], port: Number(environment?.['WORKER_METRICS_PORT']) },
    ]);
  });
});

describe('Dockerfile', () => {
  const stages = readStages(read('Dockerfile'));
  const image = stages.at(-1);

  it('pins its base by version, and runs as nobody special', () => {
    const bases = stages.map(({ from }) => from).filter((from) => from.includes(':'));
    expect(new Set(bases)).toEqual(new Set(['node:20.20.2-bookworm-slim']));
    expect(image && last(image, 'USER')).toBe('node');
    expect(image && last(image, 'STOPSIGNAL')).toBe('SIGTERM');
    expect(image && last(image, 'ENTRYPOINT')).toMatch(/^\["node",.*"deploy\/role\.mjs"\]$/);
  });

  it('knows every workspace', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    const manifests = stages[0]?.instructions.map((one) => one.text) ?? [];
    for (const name of workspaces) {
      expect(manifests).toContain(`${name}/package.json ${name}/`);
    }
  });

  it('copies every workspace that api and worker need', () => {
    const copied = copiesOf(image).flatMap(({ sources }) => sources);
    for (const name of workspacesOf('api', 'worker', 'web')) {
      expect(copied).toContain(`/app/${name}/dist`);
    }
  });

  it('copies nothing that .dockerignore hides', () => {
    const keeps = keeper(read('.dockerignore'));
    const kept = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((path) => path !== '' && keeps(path));
    const sources = stages.flatMap((stage) =>
      copiesOf(stage).flatMap(({ from, sources }) => (from === undefined ? sources : [])),
    );
    expect(sources.length).toBeGreaterThan(0);
    const hidden = sources.filter(
      (source) => source !== '.' && !kept.some((path) => `${path}/`.startsWith(`${source}/`)),
    );
    expect(hidden).toEqual([]);
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    expect(workspaces.filter((name) => !keeps(`${name}/package.json`))).toEqual([]);
    const product = workspacesOf('api', 'worker', 'web');
    expect(product.filter((name) => !keeps(`${name}/src/index.ts`))).toEqual([]);
  });

  it('starts roles that exist', async () => {
    const roles = read('deploy/role.mjs');
    for (const [, { command }] of ours) {
      expect(roles).toMatch(new RegExp(`^ {2}'?${command?.[0]}'?: `, 'm'));
    }
  });
});

describe('.dockerignore', () => {
  const keeps = keeper(read('.dockerignore'));

  it.each([
    ['package-lock.json', true],
    ['api/src/main.ts', true],
    ['deploy/role.mjs', true],
    ['docs/errors/not_found.md', true],
    ['tests/package.json', true],
    ['.env', false],
    ['api/.env.local', false],
    ['.crmflow/encryption.key', false],
    ['api/dist/main.js', false],
    ['api/node_modules/x/package.json', false],
    ['deploy/Caddyfile', false],
    ['docs/adr/0001-a-run-is-one-workflow.md', false],
    ['tests/deploy/compose.test.ts', false],
    ['db/src/generated/client.ts', false],
  ])('%s: %s', (path, kept) => {
    expect(keeps(path)).toBe(kept);
  });
});
