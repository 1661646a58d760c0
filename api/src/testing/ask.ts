import { randomUUID } from 'node:crypto';
import type { SignedIn } from '@crmflow/contracts';
import type { TestApi } from './test-api.js';

/** What a request may carry. */
export type AskOptions = {
  token?: string;
  json?: unknown;
  /** A body as it is, with its own Content-Type in `headers`. */
  raw?: string;
  headers?: Record<string, string>;
};

/** An answer, its JSON read where it has some. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
export type Answer = { status: number; headers: Headers; body: any; text: string };

/** One HTTP request to a test's API, such as `ask(api, 'GET /health')`. */
export async function ask(
  api: Pick<TestApi, 'url'>,
  what: string,
  { token, json, raw, headers = {} }: AskOptions = {},
): Promise<Answer> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const response = await fetch(api.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: json === undefined ? (raw ?? null) : JSON.stringify(json),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

/** An account of its own, signed in. */
export async function newUser(api: Pick<TestApi, 'url'>): Promise<SignedIn & { password: string }> {
  const password = 'correct horse';
  const email = `${randomUUID()}@example.com`;
  const { body } = await ask(api, 'POST /api/auth/register', { json: { email, password } });
  return { ...(body as SignedIn), password };
}
