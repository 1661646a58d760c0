import type { Conversation, ConversationDetail, ConversationEvent, Page } from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (id: string, rest = '') => `/api/conversations/${encodeURIComponent(id)}${rest}`;

/** One page of conversations, the last message first. @param params of the API, such as `q` */
export function listConversations(
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<Conversation>> {
  const query = new URLSearchParams({ limit: '50', ...params, ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/conversations?${query.toString()}`));
}

/** A conversation with its runs. */
export function readConversation(id: string): Promise<ConversationDetail> {
  return request(path(id));
}

/** All that was said in a conversation after an event. */
export async function listConversationEvents(
  id: string,
  afterSeq: number,
): Promise<ConversationEvent[]> {
  const events: ConversationEvent[] = [];
  let cursor: string | null = null;
  do {
    const from: string = cursor === null ? `afterSeq=${afterSeq}` : `cursor=${cursor}`;
    const page: Page<ConversationEvent> = await request(path(id, `/events?${from}`));
    events.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return events;
}
