import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import {
  errorBody,
  type Gap,
  type Reply,
  streamReply,
  tokensOf,
  wholeAnswer,
} from './fake-gemini-reply.js';
import { type GeminiSchema, schemaFault, valueBy } from './fake-gemini-schema.js';
import { type GeminiTools, toolsFault } from './fake-gemini-tools.js';
import { scriptedReply } from './fake-gemini-script.js';
import { listen } from './listen.js';

export type { Gap, Reply } from './fake-gemini-reply.js';

type Turn = { role?: string; parts?: { text?: string }[] };

/** The last text that was not the model's. */
const promptOf = (turns: readonly Turn[] = []) =>
  turns
    .flatMap(({ role, parts = [] }) => (role === 'model' ? [] : parts))
    .findLast(({ text }) => text !== undefined)?.text ?? '';

/** The JSON that Gemini's API takes, as far as the fake looks at it. */
export type GeminiBody = GeminiTools & {
  contents?: Turn[];
  content?: Turn;
  systemInstruction?: Turn;
  generationConfig?: {
    temperature?: number;
    responseMimeType?: string;
    responseSchema?: GeminiSchema;
  };
  requests?: { content?: Turn }[];
};

/** A request that came in. */
export type GeminiRequest = {
  path: string;
  model: string;
  task: string;
  headers: IncomingHttpHeaders;
  body: GeminiBody;
  /** The last text of the user's turns. */
  prompt: string;
  /** Epoch milliseconds. */
  at: number;
  /** Resolves once the answer is over or its connection was closed. */
  closed: Promise<unknown>;
};

/** How the fake behaves; each part can be left out. */
export type FakeGeminiOptions = {
  /** The answer to a prompt; without it the prompt comes back. */
  answer?: (prompt: string) => string;
  /** How many chunks an answer has. */
  chunks?: number;
  /** What lies between two chunks. */
  gap?: Gap;
  /** Decides instead of everything else where it gives a reply. */
  handle?: (request: GeminiRequest) => Reply | undefined | Promise<Reply | undefined>;
  /** The only key that is valid; without it every key is. */
  key?: string;
  port?: number | undefined;
};

/** A running fake. */
export type FakeGemini = {
  /** What GEMINI_BASE_URL is set to. */
  url: string;
  /** All requests so far, oldest first; of long runs only the newest keep their bodies. */
  requests: GeminiRequest[];
  /** Changes the behaviour of requests to come. */
  behave(options: Omit<FakeGeminiOptions, 'port'>): void;
  close(): Promise<void>;
};

/** A long conversation sends all of itself each time. */
const keptBodies = 1_000;

const textOf = (turn: Turn | undefined) =>
  (turn?.parts ?? []).map((part) => part.text ?? '').join(' ');

function vectorOf(text: string): { values: number[] } {
  const values = Array.from({ length: 8 }, () => 0);
  for (const [index, character] of Array.from(text).entries()) {
    values[index % 8] = ((values[index % 8] ?? 0) * 31 + (character.codePointAt(0) ?? 0)) % 1009;
  }
  return { values: values.map((value) => value / 1009) };
}

const fakeModels = [
  {
    name: 'models/gemini-flash-latest',
    displayName: 'Gemini Flash Latest',
    description: 'Fast',
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  },
  { name: 'models/gemini-3.5-flash', supportedGenerationMethods: ['generateContent'] },
  { name: 'models/gemini-test', supportedGenerationMethods: ['generateContent'] },
  { name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] },
];

function sendJson(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/**
 * Starts an HTTP server on loopback that speaks Gemini's REST protocol: `streamGenerateContent`
 * with `alt=sse`, `generateContent`, `countTokens`, `embedContent`, `batchEmbedContents` and the
 * list of models. The same request always gets the same answer, a value where a schema is asked for. Prompts can steer
 * it, see `scriptedReply`.
 */
export async function startFakeGemini(start: FakeGeminiOptions = {}): Promise<FakeGemini> {
  let options = start;
  const requests: GeminiRequest[] = [];
  const timesAsked = new Map<string, number>();

  async function replyTo(request: GeminiRequest): Promise<Reply> {
    const { answer = (prompt: string) => `You said: ${prompt}`, chunks, gap, key } = options;
    if (key !== undefined && request.headers['x-goog-api-key'] !== key) {
      return scriptedReply('[fake: key]', '', 0) as Reply;
    }
    const { responseSchema, responseMimeType } = request.body.generationConfig ?? {};
    const message = toolsFault(request.body) ?? (responseSchema && schemaFault(responseSchema));
    if (message) return { kind: 'error', status: 400, message };
    if (responseSchema && responseMimeType !== 'application/json') {
      return { kind: 'error', status: 400, message: 'response_schema needs application/json' };
    }
    const handled = await options.handle?.(request);
    if (handled) return handled;
    const plain = answer(request.prompt);
    const text = responseSchema ? JSON.stringify(valueBy(responseSchema, plain)) : plain;
    const earlier = (timesAsked.get(request.prompt) ?? 1) - 1;
    return (
      scriptedReply(request.prompt, text, earlier) ?? {
        ...{ kind: 'answer', text },
        ...(chunks !== undefined && { chunks }),
        ...(gap !== undefined && { gap }),
      }
    );
  }

  async function generate(request: GeminiRequest, response: ServerResponse): Promise<void> {
    const reply = await replyTo(request);
    const promptTokens = tokensOf((request.body.contents ?? []).map(textOf).join(' '));
    if (reply.kind === 'silent') return;
    if (reply.kind === 'error') {
      sendJson(response, reply.status, errorBody(reply), reply.headers);
    } else if (request.task === 'streamGenerateContent') {
      await streamReply(response, reply, promptTokens);
    } else if (reply.kind === 'answer') {
      sendJson(response, 200, wholeAnswer(reply.text, promptTokens, reply.finishReason));
    } else {
      sendJson(response, 200, { promptFeedback: { blockReason: 'OTHER' } });
    }
  }

  async function answer(request: GeminiRequest, response: ServerResponse): Promise<void> {
    const { task, body } = request;
    const { key, handle } = options;
    const isList = request.path.startsWith('/v1beta/models?');
    const handled = isList && (await handle?.(request));
    if (handled && handled.kind === 'error') {
      sendJson(response, handled.status, errorBody(handled), handled.headers);
    } else if (key !== undefined && request.headers['x-goog-api-key'] !== key) {
      await generate(request, response);
    } else if (isList) {
      sendJson(response, 200, { models: fakeModels });
    } else if (task === 'countTokens') {
      const totalTokens = tokensOf((body.contents ?? []).map(textOf).join(' '));
      sendJson(response, 200, { totalTokens });
    } else if (task === 'embedContent') {
      sendJson(response, 200, { embedding: vectorOf(textOf(body.content)) });
    } else if (task === 'batchEmbedContents') {
      const embeddings = (body.requests ?? []).map((one) => vectorOf(textOf(one.content)));
      sendJson(response, 200, { embeddings });
    } else if (task === 'streamGenerateContent' || task === 'generateContent') {
      await generate(request, response);
    } else {
      sendJson(response, 404, errorBody({ kind: 'error', status: 404, message: 'no such method' }));
    }
  }

  const server = createServer((incoming, response) => {
    const path = incoming.url ?? '';
    const [, model = '', task = ''] = /\/models\/([^:?]+):(\w+)/.exec(path) ?? [];
    const receive = async () => {
      const body = (incoming.method === 'GET' ? {} : await json(incoming)) as GeminiBody;
      const prompt = promptOf(body.contents);
      const request = {
        ...{ path, model, task, headers: incoming.headers, body, prompt, at: Date.now() },
        closed: once(response, 'close'),
      };
      requests.push(request);
      timesAsked.set(prompt, (timesAsked.get(prompt) ?? 0) + 1);
      const old = requests.at(-1 - keptBodies);
      if (old) old.body = {};
      await answer(request, response);
    };
    receive().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        sendJson(response, 500, {
          error: { code: 500, message: `the fake failed: ${String(error)}` },
        });
    });
  });
  const port = await listen(server, start.port);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    behave: (next) => void (options = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
