import type {
  CannedReply,
  Conversation,
  ConversationCounts,
  Suggestion,
  TeamEvent,
  UpdateCannedReply,
} from '@crmflow/contracts';
import { all } from './all-pages.js';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (id: string, rest: string) => `/api/conversations/${encodeURIComponent(id)}/${rest}`;

const post = <T>(address: string, body?: unknown) =>
  request<T>(address, { method: 'POST', ...(body !== undefined && { body }) });

/** How many conversations the views have that a team works through. */
export const countConversations = () =>
  request<ConversationCounts>(inWorkspace('/api/conversations/counts'));

/** What the team noted in a conversation and did with it, the oldest first. */
export const listTeamEvents = (id: string) => all<TeamEvent>(path(id, 'team-events'));

/** Gives a conversation to a member; null: to nobody. */
export const assignConversation = (id: string, userId: string | null) =>
  post<Conversation>(path(id, 'assign'), { userId });

/** Puts a conversation aside; null ends that. */
export const snoozeConversation = (id: string, until: Date | null) =>
  post<Conversation>(path(id, 'snooze'), { until: until?.toISOString() ?? null });

export const closeConversation = (id: string) => post<Conversation>(path(id, 'close'));

export const reopenConversation = (id: string) => post<Conversation>(path(id, 'reopen'));

/** What was said up to a number has been seen. */
export const markConversationRead = (id: string, seq: number) =>
  post<void>(path(id, 'read'), { seq });

/** Writes a note for the team. */
export const noteConversation = (id: string, text: string) =>
  post<TeamEvent>(path(id, 'notes'), { text });

/** Answers in place of the flow from now on. @param expect the assignee that one sees */
export const takeOver = (id: string, expect: string | null) =>
  post<unknown>(path(id, 'take-over'), { expect });

/** Says something to the customer. */
export const sayInConversation = (id: string, messageId: string, text: string) =>
  post<unknown>(path(id, 'messages'), { messageId, text });

/** Asks the model what one might say to the customer. */
export const suggestReply = (id: string) => post<Suggestion>(path(id, 'suggestion'));

/** How a flow continues after a person. */
export type HandBack = {
  how: 'reask' | 'answer' | 'goto' | 'end';
  nodeId?: string;
  note?: string;
};

/** Lets the flow answer again. */
export const handBack = (id: string, back: HandBack) => post<unknown>(path(id, 'hand-back'), back);

/** The texts that the team often answers with. */
export const listCannedReplies = () => all<CannedReply>(inWorkspace('/api/canned-replies'));

export const createCannedReply = (body: UpdateCannedReply) =>
  post<CannedReply>(inWorkspace('/api/canned-replies'), body);

const canned = (id: string) => `/api/canned-replies/${encodeURIComponent(id)}`;

/** Changes a canned reply; what is left out stays. */
export const changeCannedReply = (id: string, body: UpdateCannedReply) =>
  request<CannedReply>(canned(id), { method: 'PATCH', body });

export const deleteCannedReply = (id: string) => request<void>(canned(id), { method: 'DELETE' });
