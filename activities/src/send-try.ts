import {
  type Json,
  jsonBytes,
  limits,
  type TriedHttp,
  type TryActivities,
} from '@crmflow/contracts';
import type { SecretFound } from '@crmflow/db';
import { Context } from '@temporalio/activity';
import { CallError } from './call/call-error.js';
import type { Egress, EgressResponse } from './egress/egress.js';
import { decodeBody } from './http/decode-body.js';
import { encodeRequest } from './http/encode-request.js';
import { decodeText } from './text/decode.js';
import { type Cleaner, sendWithKey } from './http/send-with-key.js';

/** What `sendTry` needs; `now` gives epoch milliseconds. */
export type SendTryDeps = {
  egress: Egress;
  now: () => number;
  /** Opens the key that a workspace has for a service. */
  readSecretOfWorkspace: (workspaceId: string, service: string) => Promise<SecretFound>;
};

/** Whoever tries a request waits for it; what a run may wait for longer is cut here. */
const maxTimeoutMs = 30_000;
/** What is shown of a body that no variable could take. */
const shownLength = 16_000;

function bodyOf(response: EgressResponse, cleaner: Cleaner): Pick<TriedHttp, 'body' | 'truncated'> {
  const contentType = response.headers['content-type'] ?? '';
  const body: Json = cleaner.value(decodeBody(contentType, response.body));
  if (jsonBytes(body) <= limits.valueBytes) return { body, truncated: false };
  const text = cleaner.text(decodeText(contentType, response.body));
  return { body: text.slice(0, shownLength).toWellFormed().replaceAll('\0', ''), truncated: true };
}

function answerOf(response: EgressResponse, cleaner: Cleaner, durationMs: number): TriedHttp {
  const headers = Object.entries(response.headers).map(
    ([name, value]) => [name, cleaner.text(String(value))] as const,
  );
  return {
    status: response.status,
    url: cleaner.text(response.url),
    headers: Object.fromEntries(headers),
    ...bodyOf(response, cleaner),
    bytes: response.body.length,
    durationMs,
  };
}

/**
 * Makes the activity behind the Try button of integration nodes: one request by the same guard and
 * the same rules for keys as `callHttp`, told whole whatever its status is. What a run would fail
 * with is its result and not thrown: nobody tries it again.
 */
export function createSendTry(deps: SendTryDeps): TryActivities['sendTry'] {
  return async ({ workspaceId, request: input }) => {
    const signal = Context.current().cancellationSignal;
    const begun = deps.now();
    try {
      const encoded = { ...encodeRequest(input), isBodyWanted: true };
      const timeoutMs = Math.min(encoded.timeoutMs, maxTimeoutMs);
      const answer = await sendWithKey(
        deps.egress,
        (service) => deps.readSecretOfWorkspace(workspaceId, service),
        { auth: input.auth, request: { ...encoded, timeoutMs, signal } },
        async (request, cleaner) => {
          const response = await deps.egress.fetch(request);
          return answerOf(response, cleaner, deps.now() - begun);
        },
      );
      return { ok: true, answer };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      const { code, message } = error as CallError;
      return { ok: false, error: { code, message } };
    }
  };
}
