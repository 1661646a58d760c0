import type { JsonObject } from '@crmflow/contracts';
import { afterAll, beforeAll, inject } from 'vitest';
import { type Client, register } from './client.js';
import { type Conversation, converse } from './conversation.js';
import { type EchoServer, startEchoServer } from './echo-server.js';
import { type FakeGemini, type GeminiRequest, type Reply, startFakeGemini } from './fake-gemini.js';
import type { Draft } from './flows.js';
import type { SharedInstallation } from './journeys-setup.js';
import { type Site, startSite } from './site.js';
import { type OwnSystem, startSystem, type System, systemAt } from './system.js';

/** Answers one request of a prompt; the number of requests with that prompt before goes along. */
export type Answerer = (request: GeminiRequest, earlier: number) => Reply | undefined;

/** A running installation with a fake model, services to call and a signed-in user. */
export type Installation = {
  readonly system: System;
  readonly gemini: FakeGemini;
  readonly echo: EchoServer;
  /** Pages for the knowledge. */
  readonly web: Site;
  readonly client: Client;
  /**
   * A user of the same installation besides `client`.
   * @param heard takes all that the system tells that user
   */
  another(heard?: string[]): Promise<Client>;
  /** Decides what the model answers to a prompt; no other prompt is touched. */
  onPrompt(prompt: string, answerer: Answerer): void;
  /** What the model was asked with a prompt. */
  asked(prompt: string): GeminiRequest[];
  /** Saves a flow, starts its draft and follows it. */
  hold(draft: Draft, input?: JsonObject, as?: Client): Promise<Conversation>;
};

/** An installation that only one file uses. */
export type OwnInstallation = { readonly system: OwnSystem };

type Doubles = { gemini: FakeGemini; echo: EchoServer; web: Site };

/** Asks for the installation of this test worker, see journeys-setup.ts. */
async function borrow(): Promise<SharedInstallation> {
  const response = await fetch(`${inject('installations')}/${process.env['VITEST_POOL_ID']}`);
  if (!response.ok) throw new Error(`There is no installation: ${await response.text()}`);
  return (await response.json()) as SharedInstallation;
}

/** Starts an installation with another environment than the shared ones. */
async function startOwn({ gemini, echo, web }: Doubles, env: Record<string, string>) {
  return startSystem({
    templateDir: inject('templateDir'),
    env: {
      GEMINI_API_KEY: 'fake-key',
      GEMINI_BASE_URL: gemini.url,
      CRMFLOW_EGRESS_ALLOW: `${new URL(echo.url).host},${web.host}`,
      ...env,
    },
  });
}

/**
 * An installation for all tests of a file, there before the first. It is the one of the test
 * worker: other files used it before, and others will. So a file that kills or stops a part leaves
 * it running again, counts only what is its own, and changes nothing that is not its user's.
 * @param env where it needs another environment: then it has an installation of its own
 */
export function useInstallation(): Installation;
export function useInstallation(env: Record<string, string>): Installation & OwnInstallation;
export function useInstallation(env?: Record<string, string>): Installation {
  let system: System;
  let doubles: Doubles;
  let stop = () => Promise.resolve<unknown>(undefined);
  const clients: Client[] = [];
  const answerers = new Map<string, Answerer>();
  const asked = (prompt: string) => doubles.gemini.requests.filter((one) => one.prompt === prompt);
  const another = async (heard?: string[]) => {
    const client = await register(system.url, heard);
    clients.push(client);
    return client;
  };
  const first = () => {
    const [client] = clients;
    if (!client) throw new Error('the installation is not up yet');
    return client;
  };

  beforeAll(async () => {
    const shared = env ? undefined : await borrow();
    const ports: Partial<SharedInstallation['doubles']> = shared?.doubles ?? {};
    const [gemini, echo, web] = await Promise.all([
      startFakeGemini({
        answer: (prompt) => `Answer to ${prompt}`,
        handle: (request) =>
          answerers.get(request.prompt)?.(request, asked(request.prompt).length - 1),
        port: ports.gemini,
      }),
      startEchoServer({ port: ports.echo }),
      startSite(ports.web),
    ]);
    doubles = { gemini, echo, web };
    if (shared) system = systemAt(shared.dataDir, shared.port);
    else {
      const own = await startOwn(doubles, env ?? {});
      system = own;
      stop = own.stop;
    }
    await another();
  });

  afterAll(async () => {
    for (const client of clients) client.close();
    await stop();
    await Promise.all([doubles?.gemini.close(), doubles?.echo.close(), doubles?.web.close()]);
  });

  return {
    get system() {
      return system;
    },
    get gemini() {
      return doubles.gemini;
    },
    get echo() {
      return doubles.echo;
    },
    get web() {
      return doubles.web;
    },
    get client() {
      return first();
    },
    another,
    asked,
    onPrompt: (prompt, answerer) => void answerers.set(prompt, answerer),
    async hold(draft, input = {}, as = first()) {
      const workflowId = await as.save(draft);
      return converse(as, { workflowId, version: 'draft', input });
    },
  };
}
