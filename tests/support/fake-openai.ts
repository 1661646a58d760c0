import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { cut, type Reply, tokensOf } from './fake-gemini-reply.js';
import { listen } from './listen.js';

type Message = {
  role: string;
  content?: string | null | { type: string; text: string }[];
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
};

/** The JSON that `/chat/completions` and `/embeddings` take, as far as the fake looks at it. */
export type ChatBody = {
  model?: string;
  stream?: boolean;
  messages?: Message[];
  tools?: { function: { name: string } }[];
  tool_choice?: string;
  temperature?: number;
  max_tokens?: number;
  response_format?: { type: string; json_schema?: { name: string; schema: object } };
  input?: string[];
};

/** A request that came in. */
export type ChatRequest = {
  path: string;
  headers: IncomingHttpHeaders;
  body: ChatBody;
  /** The last text of the user. */
  prompt: string;
  /** Resolves once the answer is over or its connection was closed. */
  closed: Promise<unknown>;
};

/** How the fake behaves; each part can be left out. */
export type FakeOpenAiOptions = {
  handle?: (request: ChatRequest) => Reply | undefined;
  /** The only key that is valid; without it none is asked for. */
  key?: string;
};

/** A running fake. */
export type FakeOpenAi = {
  /** What OPENAI_BASE_URL is set to. */
  url: string;
  requests: ChatRequest[];
  behave(options: FakeOpenAiOptions): void;
  close(): Promise<void>;
};

const textsOf = ({ content }: Message) =>
  typeof content === 'string' ? [content] : (content ?? []).map(({ text }) => text);

/** What a server of this protocol would refuse of a conversation. */
function faultOf({ messages = [], model, tools = [] }: ChatBody): string | undefined {
  if (!model) return 'you must provide a model parameter';
  if (messages.length === 0) return 'messages must not be empty';
  const open = new Set<string>();
  for (const { role, tool_calls: calls = [], tool_call_id: id = '' } of messages) {
    if (!['system', 'user', 'assistant', 'tool'].includes(role)) return `unknown role ${role}`;
    if (role === 'tool' ? !open.delete(id) : open.size > 0) {
      return "an assistant message with 'tool_calls' must be followed by tool messages";
    }
    for (const call of calls) open.add(call.id);
  }
  if (open.size > 0) return 'tool messages are missing';
  return tools.some((tool) => !/^[\w-]{1,64}$/.test(tool.function.name))
    ? 'invalid function name'
    : undefined;
}

const vectorOf = (text: string) =>
  Array.from({ length: 8 }, (_, at) => ((text.codePointAt(at) ?? at + 1) % 97) / 97);

async function stream(
  response: ServerResponse,
  reply: Exclude<Reply, { kind: 'error' | 'silent' }>,
  promptTokens: number,
): Promise<void> {
  const send = (data: object | string) =>
    response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  const model = (reply.kind === 'answer' ? reply.model : undefined) ?? 'fake-model';
  const choice = (delta: object, finish: string | null = null) =>
    send({ model, choices: [{ index: 0, delta, finish_reason: finish }], usage: null });
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  response.write(': ready\n\n');
  const pieces =
    reply.kind === 'answer' && !Array.isArray(reply.chunks)
      ? cut(reply.text, reply.chunks ?? 4)
      : ((reply.chunks as string[] | undefined) ?? []);
  const gap = 'gap' in reply ? reply.gap : undefined;
  for (const [at, content] of pieces.entries()) {
    if (typeof gap === 'function') await gap(at);
    if (response.destroyed) return;
    choice({ role: 'assistant', content });
  }
  if (reply.kind === 'break') {
    if (typeof reply.gap === 'function') await reply.gap(pieces.length);
    if (reply.how === 'reset') return void response.destroy();
    if (reply.how === 'mid-json') response.write('data: {"choices": [{"del');
    return void response.end();
  }
  if (reply.kind === 'stream-error') {
    send({ error: { message: reply.message ?? `fake error ${reply.status}` } });
    return void response.end();
  }
  if (reply.kind === 'blocked') choice({}, 'content_filter');
  else {
    const calls = reply.calls ?? [];
    for (const [index, { name, args }] of calls.entries()) {
      const [first = '', ...rest] = cut(JSON.stringify(args), 3);
      const call = { index, id: `call-${name}-${index}`, type: 'function' };
      choice({ tool_calls: [{ ...call, function: { name, arguments: first } }] });
      for (const more of rest) choice({ tool_calls: [{ index, function: { arguments: more } }] });
    }
    const isCut = reply.finishReason === 'MAX_TOKENS';
    choice({}, isCut ? 'length' : calls.length > 0 ? 'tool_calls' : 'stop');
    const completion = tokensOf(pieces.join(''));
    send({
      ...{ model, choices: [] },
      usage: { prompt_tokens: promptTokens, completion_tokens: completion },
    });
  }
  send('[DONE]');
  response.end();
}

/**
 * Starts an HTTP server on loopback that speaks OpenAI's protocol as Ollama and others do: streamed
 * chat completions, embeddings and the list of models. Without a reply the prompt comes back.
 */
export async function startFakeOpenAi(start: FakeOpenAiOptions = {}): Promise<FakeOpenAi> {
  let options = start;
  const requests: ChatRequest[] = [];

  function sendJson(response: ServerResponse, status: number, body: object, headers = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }

  async function answer(request: ChatRequest, response: ServerResponse): Promise<void> {
    const { path, body, headers, prompt } = request;
    const { key, handle } = options;
    if (key !== undefined && headers.authorization !== `Bearer ${key}`) {
      const message = `Incorrect API key provided: ${headers.authorization ?? 'none'}.`;
      return sendJson(response, 401, { error: { message } });
    }
    if (path === '/v1/models') {
      const data = ['llama3.2:3b', 'nomic-embed-text'].map((id) => ({ id, object: 'model' }));
      return sendJson(response, 200, { object: 'list', data });
    }
    if (path === '/v1/embeddings') {
      const data = (body.input ?? []).map((text, index) => ({ index, embedding: vectorOf(text) }));
      return sendJson(response, 200, { data: data.reverse() });
    }
    const fault = faultOf(body);
    if (fault) return sendJson(response, 400, { error: { message: fault } });
    const reply = handle?.(request) ?? { kind: 'answer', text: `You said: ${prompt}` };
    if (reply.kind === 'silent') return;
    if (reply.kind === 'error') {
      const message = reply.message ?? `fake error ${reply.status}`;
      return sendJson(response, reply.status, { error: { message } }, reply.headers);
    }
    const words = (body.messages ?? []).flatMap(textsOf).join(' ');
    return stream(response, reply, tokensOf(words));
  }

  const server = createServer((incoming, response) => {
    const receive = async () => {
      const body = (incoming.method === 'GET' ? {} : await json(incoming)) as ChatBody;
      const said = (body.messages ?? []).filter(({ role }) => role === 'user').flatMap(textsOf);
      const request = {
        ...{ path: incoming.url ?? '', headers: incoming.headers, body },
        ...{ prompt: said.at(-1) ?? '', closed: once(response, 'close') },
      };
      requests.push(request);
      await answer(request, response);
    };
    receive().catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { message: `the fake failed: ${String(error)}` } });
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    behave: (next) => void (options = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
