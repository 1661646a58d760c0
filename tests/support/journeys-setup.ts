import { createServer } from 'node:http';
import { applyMigrations } from '@crmflow/db';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../scripts/boot/ports.mjs';
import { listen } from './listen.js';
import { startServices } from './services.js';
import { isReady, startSystem, type System } from './system.js';
import { until } from './until.js';

/** An installation that the files of one test worker use one after the other. */
export type SharedInstallation = {
  port: number;
  dataDir: string;
  /** Where it looks for the model, and what its integrations and its knowledge may call. */
  doubles: { gemini: number; echo: number; web: number };
};

/**
 * The data folder of an installation that is set up but was never used: database migrated, Temporal
 * prepared. Copies of it start in a fraction of the time.
 */
async function makeTemplate() {
  const services = await startServices();
  try {
    await applyMigrations(services.databaseUrl);
  } finally {
    await services.stop();
  }
  return services;
}

async function startShared(templateDir: string) {
  const gemini = await freePort();
  const echo = await freePort([gemini]);
  const web = await freePort([gemini, echo]);
  const local = (port: number) => `127.0.0.1:${port}`;
  const system = await startSystem({
    templateDir,
    env: {
      GEMINI_API_KEY: 'fake-key',
      GEMINI_BASE_URL: `http://${local(gemini)}`,
      CRMFLOW_EGRESS_ALLOW: [echo, web].map(local).join(),
    },
  });
  return { system, doubles: { gemini, echo, web } };
}

type Shared = Awaited<ReturnType<typeof startShared>>;

/** Starts one installation for each test worker that asks, and replaces one that does not recover. */
function createLender(templateDir: string) {
  const lent = new Map<string, Promise<Shared>>();

  async function lend(worker: string): Promise<SharedInstallation> {
    const known = await lent.get(worker);
    const isWhole = known && (await recovers(known.system));
    if (known && !isWhole) await known.system.stop();
    if (!isWhole) lent.set(worker, startShared(templateDir));
    const { system, doubles } = (await lent.get(worker)) as Shared;
    return { port: system.port, dataDir: system.dataDir, doubles };
  }

  return {
    lend,
    async stopAll() {
      const stops = [...lent.values()].map(async (one) => (await one).system.stop());
      await Promise.allSettled(stops);
    },
  };
}

/** Whether it is ready soon: the file before may have killed a part of it. */
const recovers = ({ url }: System) =>
  until('the installation to be ready', () => isReady(url), { timeoutMs: 60_000 }).then(
    () => true,
    () => false,
  );

/**
 * Provides a prepared data folder, and where a test worker gets its installation: `GET` with the
 * worker's number as the path is answered with a `SharedInstallation`.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await makeTemplate();
  const lender = createLender(template.dataDir);
  const server = createServer((request, response) => {
    lender.lend(request.url ?? '').then(
      (installation) => response.end(JSON.stringify(installation)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const port = await listen(server);
  project.provide('templateDir', template.dataDir);
  project.provide('installations', `http://127.0.0.1:${port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await lender.stopAll();
    template.remove();
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    templateDir: string;
    installations: string;
  }
}
