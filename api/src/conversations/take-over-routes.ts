import {
  type ErrorCode,
  handBackSchema,
  handedBackSchema,
  messageAcceptedSchema,
  operatorMessageSchema,
  suggestionSchema,
  takenOverSchema,
  takeOverSchema,
} from '@crmflow/contracts';
import type { GenerateDeps } from '../ai/generate.js';
import { modelProblems } from '../ai/problems.js';
import type { ConversationDeps } from '../chat/conversations.js';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { suggestReply } from './suggestion.js';
import { handBack, sayAsOperator, takeOver } from './take-over.js';

const startProblems: readonly ErrorCode[] = [
  ...(['run_finished', 'no_version', 'flow_invalid'] as const),
  ...runBudgetProblems,
];

/** A person speaks in a conversation in place of its flow, and hands it back. */
export function takeOverRoutes(
  deps: ConversationDeps & GenerateDeps & Pick<Deps, 'commandLimit' | 'config'>,
): Route[] {
  const one = '/api/conversations/:id';
  const limit = deps.commandLimit;
  const needs = { right: 'conversation.answer', of: 'conversation' } as const;
  return [
    route({
      method: 'post',
      path: `${one}/take-over`,
      ...needs,
      docs: {
        tag: 'Conversations',
        summary: 'Take a conversation over',
        description:
          'From then on you answer in place of the flow, which waits: messages of the visitor answer no node, no model is called, and time limits wait. Of all who send the same `expect` at once, one has it; the others learn who from `takenBy`. If the last run has ended, a new one starts that begins under you.',
        example: { expect: null },
        answers: { 200: takenOverSchema },
        problems: ['already_taken', 'temporal_unavailable', 'rate_limited', ...startProblems],
      },
      limit,
      params: idParams,
      body: takeOverSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await takeOver(deps, access, params.id, body),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/messages`,
      ...needs,
      docs: {
        tag: 'Conversations',
        summary: 'Answer in a conversation',
        description:
          'Says something to the customer under your name. Only while you have the conversation. Accepted once it is stored; repeating a `messageId` has no effect.',
        example: { messageId: 'm-1', text: 'I am looking into it.' },
        answers: { 202: messageAcceptedSchema },
        problems: ['not_in_control', 'message_too_large', 'temporal_unavailable'],
      },
      limit,
      params: idParams,
      body: operatorMessageSchema,
      handle: async ({ access, params, body }) => ({
        status: 202,
        body: await sayAsOperator(deps, access, params.id, body),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/suggestion`,
      ...needs,
      docs: {
        tag: 'Conversations',
        summary: 'Suggest a reply',
        description:
          'Asks the model what might be said next, from what was said and from the knowledge of the workspace. Nothing is sent or stored: whoever answers decides.',
        answers: { 200: suggestionSchema },
        problems: ['ai_empty', ...modelProblems],
      },
      limit: createUserLimit(deps, 'generate'),
      params: idParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await suggestReply(deps, access, params.id),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/hand-back`,
      ...needs,
      docs: {
        tag: 'Conversations',
        summary: 'Hand a conversation back to its flow',
        description:
          'Only while you have the conversation. Time limits, reminders and waits move by as long as you had it. Without a message of the visitor, `answer` asks the question again. The model is told that you spoke, and your `note`.',
        example: { how: 'answer', note: 'Paid twice; the refund is on its way.' },
        answers: { 202: handedBackSchema },
        problems: ['not_in_control', 'temporal_unavailable'],
      },
      limit,
      params: idParams,
      body: handBackSchema,
      handle: async ({ access, params, body }) => ({
        status: 202,
        body: await handBack(deps, access, params.id, body),
      }),
    }),
  ];
}
