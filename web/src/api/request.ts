import type { Problem } from '@crmflow/contracts';
import { loadIssueTexts } from '../issues/issue-texts.js';
import { errorText } from '../texts/error-text.js';
import { language } from '../texts/language.js';
import { texts } from '../texts.js';
import { ApiError } from './api-error.js';

type Body = {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a form is sent as it is, with its files. */
  body?: unknown;
  /** Whether it is to arrive even if the page goes meanwhile. */
  keepalive?: boolean;
};

/** What a request carries. */
function carried(body: unknown): RequestInit {
  if (body === undefined) return { headers: { accept: 'application/json' } };
  if (body instanceof FormData) return { headers: { accept: 'application/json' }, body };
  return {
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError('unreadable', texts.failures.unreadable(response.status));
  }
}

/** An error in the reader's language, which says by then what is wrong with a field. */
async function failed({ code, detail, title, errors, currentRevision }: Problem) {
  if (language !== 'en' && errors?.some(({ reason }) => reason !== undefined)) {
    // Where that cannot be fetched, the server's English stays.
    await loadIssueTexts().catch(() => undefined);
  }
  const message = errorText({ code, message: detail || title });
  return new ApiError(code, message, errors, currentRevision);
}

/**
 * Asks the API; the session's cookie goes along.
 * @param path from the root, such as `/api/workflows`
 * @throws ApiError
 */
export async function request<T>(path: string, sent?: Body): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: sent?.method ?? 'GET',
      credentials: 'same-origin',
      keepalive: sent?.keepalive ?? false,
      ...carried(sent?.body),
    });
  } catch {
    throw new ApiError('unreachable', texts.failures.unreachable);
  }
  const body = await read(response);
  if (response.ok) return body as T;
  if (!isProblem(body))
    throw new ApiError('unreadable', texts.failures.unreadable(response.status));
  throw await failed(body);
}
