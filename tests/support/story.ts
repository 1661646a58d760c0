import type { Conversation, Told } from './conversation.js';

const ofEvent = (list: Told[], event: string) =>
  list.filter((told) => told.event === event).map(({ payload }) => payload);

/** The messages of a conversation so far, as `role: text`. */
export const spoken = ({ told }: Conversation) =>
  ofEvent(told, 'run:message').map(({ role, text }) => `${String(role)}: ${String(text)}`);

/** What each variable was set to last. */
export const variablesOf = ({ told }: Conversation) =>
  Object.fromEntries(
    ofEvent(told, 'run:variable_set').map(({ name, value }) => [name as string, value]),
  );

/** By which handle each node was left, as `node.handle`, in order. */
export const pathOf = ({ told }: Conversation) =>
  ofEvent(told, 'node:execution_complete').map(
    ({ nodeId, handle }) => `${String(nodeId)}.${String(handle)}`,
  );

/** The streamed chunks of a node. */
export const chunksOf = ({ live }: Conversation, nodeId: string) =>
  ofEvent(live, 'ai:chunk').filter((chunk) => chunk['nodeId'] === nodeId) as unknown as {
    attempt: number;
    offset: number;
    text: string;
  }[];

/** What was told of calls that are tried again. */
export const retriesOf = ({ live }: Conversation) => ofEvent(live, 'node:retrying');
