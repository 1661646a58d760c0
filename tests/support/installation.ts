import type { JsonObject } from '@crmflow/contracts';
import { afterAll, beforeAll } from 'vitest';
import { type Client, register } from './client.js';
import { type Conversation, converse } from './conversation.js';
import { type EchoServer, startEchoServer } from './echo-server.js';
import { type FakeGemini, type GeminiRequest, type Reply, startFakeGemini } from './fake-gemini.js';
import type { Draft } from './flows.js';
import { type System, startSystem } from './system.js';

/** Answers one request of a prompt; the number of requests with that prompt before goes along. */
export type Answerer = (request: GeminiRequest, earlier: number) => Reply | undefined;

/** A running installation with a fake model, a service to call and a signed-in user. */
export type Installation = {
  readonly system: System;
  readonly gemini: FakeGemini;
  readonly echo: EchoServer;
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

/**
 * One installation for all tests of a file: there before the first, gone after the last.
 * @param env what its environment has besides; the echo server may be called in any case
 */
export function useInstallation(env: Record<string, string> = {}): Installation {
  let system: System;
  let gemini: FakeGemini;
  let echo: EchoServer;
  const clients: Client[] = [];
  const answerers = new Map<string, Answerer>();
  const asked = (prompt: string) => gemini.requests.filter((one) => one.prompt === prompt);
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
    gemini = await startFakeGemini({
      answer: (prompt) => `Answer to ${prompt}`,
      handle: (request) =>
        answerers.get(request.prompt)?.(request, asked(request.prompt).length - 1),
    });
    echo = await startEchoServer();
    system = await startSystem({
      env: {
        GEMINI_API_KEY: 'fake-key',
        GEMINI_BASE_URL: gemini.url,
        ...env,
        CRMFLOW_EGRESS_ALLOW: [new URL(echo.url).host, env['CRMFLOW_EGRESS_ALLOW']]
          .filter(Boolean)
          .join(','),
      },
    });
    await another();
  });

  afterAll(async () => {
    for (const client of clients) client.close();
    await system?.stop();
    await Promise.all([gemini?.close(), echo?.close()]);
  });

  return {
    get system() {
      return system;
    },
    get gemini() {
      return gemini;
    },
    get echo() {
      return echo;
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
