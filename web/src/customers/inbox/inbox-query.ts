import { conversationViews } from '@crmflow/contracts/kinds';

/** Which conversations the inbox lists. */
export type InboxQuery = { view: (typeof conversationViews)[number]; q: string };

/** Reads what an address asks for; what it does not know is left out. */
export function readInboxQuery(params: Record<string, string | undefined>): InboxQuery {
  return {
    view: conversationViews.find((one) => one === params['view']) ?? 'mine',
    q: (params['q'] ?? '').slice(0, 200),
  };
}

/** What of a query the API is asked for. */
export function paramsOf({ view, q }: InboxQuery): Record<string, string> {
  return { view, ...(q.trim() !== '' && { q: q.trim() }) };
}

/** The address of the inbox with a conversation open, or none. */
export function inboxAddress({ view, q }: InboxQuery, id?: string): string {
  const params = new URLSearchParams({
    ...(view !== 'mine' && { view }),
    ...(q.trim() !== '' && { q: q.trim() }),
  });
  const path = id === undefined ? '/inbox' : `/inbox/${id}`;
  return params.size > 0 ? `${path}?${params.toString()}` : path;
}
