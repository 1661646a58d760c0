import { randomUUID } from 'node:crypto';
import type {
  ClientEvents,
  FlowInput,
  RunSnapshot,
  ServerEvents,
  User,
  WireEvent,
} from '@crmflow/contracts';
import { type Socket, io } from 'socket.io-client';

export type RunSocket = Socket<ServerEvents, ClientEvents>;

/** An HTTP answer: its status and parsed body. */
export type Answer<T> = { status: number; body: T; headers: Headers };

/** A signed-in user who speaks the contract. */
export type Client = {
  url: string;
  token: string;
  call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<T>>;
  /** Saves a flow and returns its id. */
  save(flow: Omit<FlowInput, 'schemaVersion'>): Promise<string>;
  snapshot(runId: string): Promise<RunSnapshot>;
  /** The whole numbered log of a run. */
  events(runId: string): Promise<WireEvent[]>;
  socket(): RunSocket;
  close(): void;
};

/** The password of every user that tests register. */
export const testPassword = 'correct horse battery staple';

/** Sends a request as somebody with this token, or as anyone. */
export const send = (
  url: string,
  token: string | undefined,
  method: string,
  body?: unknown,
): Promise<Response> =>
  fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Sends a request whose answer is JSON. */
export async function request<T>(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const response = await send(url + path, token, method, body);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as T,
  };
}

async function allEvents(call: Client['call'], runId: string): Promise<WireEvent[]> {
  const events: WireEvent[] = [];
  for (;;) {
    const after = events.at(-1)?.seq ?? 0;
    const { body } = await call<{ items: WireEvent[] }>(
      'GET',
      `/api/runs/${runId}/events?afterSeq=${after}&limit=200`,
    );
    if (body.items.length === 0) return events;
    events.push(...body.items);
  }
}

/** Notes whatever a socket gets, packet by packet. */
function overhear(socket: RunSocket, heard: string[]): void {
  const listen = () => socket.io.engine.on('data', (data) => heard.push(String(data)));
  socket.io.on('open', listen);
}

/**
 * Registers a new user at a running system.
 * @param heard takes all that the system tells this user from then on
 */
export async function register(url: string, heard?: string[]): Promise<Client> {
  const { status, body } = await request<{ token: string }>(
    url,
    undefined,
    'POST',
    '/api/auth/register',
    {
      email: `${randomUUID()}@example.com`,
      password: testPassword,
    },
  );
  if (status !== 201) throw new Error(`register answered ${status}: ${JSON.stringify(body)}`);
  return clientOf(url, body.token, heard);
}

/** Logs in as a user whom a running system knows. */
export async function logIn(
  url: string,
  account: { email: string; password: string },
): Promise<Client> {
  const answer = await request<{ token: string }>(
    url,
    undefined,
    'POST',
    '/api/auth/login',
    account,
  );
  if (answer.status !== 200) throw new Error(`login answered ${JSON.stringify(answer.body)}`);
  return clientOf(url, answer.body.token);
}

/** The account of a user who is signed in. */
export async function userOf(client: Client): Promise<User> {
  const { body } = await client.call<{ user: User }>('GET', '/api/auth/me');
  return body.user;
}

function clientOf(url: string, token: string, heard?: string[]): Client {
  const sockets: RunSocket[] = [];
  const call: Client['call'] = async <T>(method: string, path: string, payload?: unknown) => {
    const answer = await request<T>(url, token, method, path, payload);
    heard?.push(JSON.stringify([[...answer.headers], answer.body ?? null]));
    return answer;
  };
  return {
    url,
    token,
    call,
    async save(flow) {
      const answer = await call<{ id: string }>('POST', '/api/workflows', flow);
      if (answer.status !== 201) throw new Error(`saving answered ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    },
    async snapshot(runId) {
      return (await call<RunSnapshot>('GET', `/api/runs/${runId}`)).body;
    },
    events: (runId) => allEvents(call, runId),
    socket() {
      const socket: RunSocket = io(url, {
        auth: { token },
        transports: ['websocket'],
        forceNew: true,
        reconnectionDelay: 50,
        reconnectionDelayMax: 250,
      });
      if (heard) overhear(socket, heard);
      sockets.push(socket);
      return socket;
    },
    close() {
      for (const socket of sockets) socket.close();
    },
  };
}
