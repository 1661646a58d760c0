import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';

/** The headers of the newest response within a call, by their names in lower case. */
export type SeenHeaders = { [name: string]: string };

type Sent = { request: object };
type Answered = Sent & { response: { headers: readonly Buffer[] } };

const calls = new AsyncLocalStorage<SeenHeaders>();
const callOf = new WeakMap<object, SeenHeaders>();
let isSubscribed = false;

function subscribeOnce(): void {
  if (isSubscribed) return;
  isSubscribed = true;
  subscribe('undici:request:create', (message) => {
    const seen = calls.getStore();
    if (seen) callOf.set((message as Sent).request, seen);
  });
  subscribe('undici:request:headers', (message) => {
    const { request, response } = message as Answered;
    const seen = callOf.get(request);
    if (!seen) return;
    for (let i = 0; i + 1 < response.headers.length; i += 2) {
      seen[String(response.headers[i]).toLowerCase()] = String(response.headers[i + 1]);
    }
  });
}

/**
 * Runs something that calls `fetch`, and notes the headers that come back: Google's client keeps
 * them to itself. They come from the diagnostics of Node's own `fetch`; without them there are none.
 * @param seen is filled while it runs
 */
export function noteHeaders<T>(seen: SeenHeaders, work: () => Promise<T>): Promise<T> {
  subscribeOnce();
  return calls.run(seen, work);
}
