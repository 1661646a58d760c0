import { z } from 'zod';
import type { SocketError } from './errors.js';
import type { socketEventOf } from './event-names.js';
import type { RunEventData, RunEventType } from './run/event.js';
import {
  advanceRunSchema,
  commandAcceptedSchema,
  continueRunSchema,
  executeNodeSchema,
  setPausePointsSchema,
} from './run/pause.js';
import { sendMessageSchema, startRunSchema } from './run/request.js';
import { runSnapshotSchema } from './run/snapshot.js';

const runId = z.string().min(1).max(200);
const workflowId = z.string().min(1).max(200);

/** Somebody who has a flow open, in one tab. */
export const flowPersonSchema = z
  .object({
    id: z.string().describe('Of this tab, while it has the flow open.'),
    userId: z.string(),
    name: z.string(),
    isEditing: z.boolean().describe('Whether they are changing it.'),
  })
  .meta({ id: 'FlowPerson' });

/** Somebody who has a flow open, in one tab. */
export type FlowPerson = z.output<typeof flowPersonSchema>;

const conversationId = z.string().min(1).max(200);
const workspaceId = z.string().min(1).max(200);

/** Somebody of the team who looks at a conversation, in one tab. */
export const conversationPersonSchema = z
  .object({
    id: z.string().describe('Of this tab, while it has the conversation open.'),
    userId: z.string(),
    name: z.string(),
    isTyping: z.boolean().describe('Whether they are writing an answer.'),
  })
  .meta({ id: 'ConversationPerson' });

/** Somebody of the team who looks at a conversation, in one tab. */
export type ConversationPerson = z.output<typeof conversationPersonSchema>;

/** What clients may send over the socket, by event. */
export const clientEventSchemas = {
  'session:start': z
    .union([
      z.strictObject({ runId, afterSeq: z.int32().min(0).optional() }),
      startRunSchema.extend({ workflowId: z.string().min(1).max(200) }),
    ])
    .describe(
      'Starts a run, or attaches to one. The acknowledgement comes first; then each socket receives every event with a `seq` above `afterSeq` once, in ascending order and without gaps. Without `afterSeq`, a new run is sent from 1, and an existing run from its snapshot on. Repeating a `requestId` does not start another run.',
    ),
  'user:message': sendMessageSchema
    .extend({ runId })
    .describe(
      'Sends a message to a run. Acknowledged once Temporal has stored it. Repeating a `messageId` has no effect.',
    ),
  'node:execute': executeNodeSchema
    .extend({ runId })
    .describe(
      'Runs the node that the run is paused before, and pauses before the next. Acknowledged once Temporal has stored it. A command for a node that the run has left has no effect.',
    ),
  'workflow:advance': advanceRunSchema
    .extend({ runId })
    .describe(
      'Leaves a node by its first handle without running it: the node that the run is paused before, or in step mode the listen or wait node that it is at.',
    ),
  'workflow:continue': continueRunSchema
    .extend({ runId })
    .describe(
      'Continues the run to its next pause point. With the node and visit that it is paused before, repeating it has no effect.',
    ),
  'workflow:pause_points': setPausePointsSchema
    .extend({ runId })
    .describe('Replaces the nodes that the run pauses before, in any mode and at any time.'),
  'session:end': z.strictObject({ runId }).describe('Cancels the run. Disconnecting does not.'),
  'flow:watch': z
    .strictObject({ workflowId })
    .describe(
      'Opens a flow of one of your workspaces: others who have it open see you, and you are sent `flow:people` and `flow:saved` until `flow:leave` or the end of the connection. At most 20 flows per connection.',
    ),
  'flow:edit': z
    .strictObject({ workflowId, isEditing: z.boolean() })
    .describe('Tells the others whether you are changing an open flow.'),
  'flow:leave': z.strictObject({ workflowId }).describe('Closes an open flow.'),
  'inbox:watch': z
    .strictObject({ workspaceId })
    .describe(
      'Watches the inbox of a workspace: you are sent `inbox:changed`, `presence` and `visitor:typing` of its conversations until `inbox:leave` or the end of the connection. At most 20 per connection.',
    ),
  'inbox:leave': z.strictObject({ workspaceId }).describe('Stops watching an inbox.'),
  'conversation:watch': z
    .strictObject({ conversationId })
    .describe(
      'Opens a conversation: others who watch it or its inbox see you there, and you are sent its `presence` and `visitor:typing` until `conversation:leave` or the end of the connection. At most 20 per connection.',
    ),
  'conversation:type': z
    .strictObject({ conversationId, isTyping: z.boolean() })
    .describe(
      'Tells the others whether you are writing an answer in an open conversation; if you have taken it over, its visitor too. Repeat it every few seconds.',
    ),
  'conversation:leave': z.strictObject({ conversationId }).describe('Closes an open conversation.'),
} as const;

/** What the acknowledgement of each client event carries besides `ok`. */
export const ackSchemas = {
  'session:start': z.object({ runId: z.string(), snapshot: runSnapshotSchema }),
  'user:message': z.object({ accepted: z.boolean(), duplicate: z.boolean() }),
  'node:execute': commandAcceptedSchema,
  'workflow:advance': commandAcceptedSchema,
  'workflow:continue': commandAcceptedSchema,
  'workflow:pause_points': commandAcceptedSchema,
  'session:end': z.object({}),
  'flow:watch': z.object({
    personId: z.string().describe('Which of `people` you are.'),
    revision: z.int().describe('The revision of the flow.'),
    people: z.array(flowPersonSchema),
  }),
  'flow:edit': z.object({}),
  'flow:leave': z.object({}),
  'inbox:watch': z.object({}),
  'inbox:leave': z.object({}),
  'conversation:watch': z.object({
    personId: z.string().describe('Which of `people` you are.'),
    people: z.array(conversationPersonSchema),
  }),
  'conversation:type': z.object({}),
  'conversation:leave': z.object({}),
} as const satisfies Record<keyof typeof clientEventSchemas, z.ZodObject>;

/** An acknowledgement: what was asked for, or a clear error. */
export type Ack<T> = ({ ok: true } & T) | { ok: false; error: SocketError };

/** Client → server. Each event takes an acknowledgement. */
export type ClientEvents = {
  [K in keyof typeof clientEventSchemas]: (
    payload: z.input<(typeof clientEventSchemas)[K]>,
    ack: (answer: Ack<z.output<(typeof ackSchemas)[K]>>) => void,
  ) => void;
};

type Stamp = { runId: string; at: string };
type ConversationStamp = { conversationId: string; at: string };
type FlowStamp = { workflowId: string; at: string };
type Numbered<T extends RunEventType> = Stamp & {
  seq: number;
  nodeId?: string;
  visit?: number;
} & RunEventData[T];

/** What is live only: best effort, without a number. */
export const liveEventSchemas = {
  'ai:chunk': z
    .object({
      nodeId: z.string(),
      visit: z.int(),
      attempt: z.int(),
      offset: z.int().describe('Position in the text of this attempt, in UTF-16 units.'),
      text: z.string(),
    })
    .describe(
      'Part of a streamed response. A retried call starts again, from offset 0 with another `attempt`.',
    ),
  'node:retrying': z
    .object({
      nodeId: z.string(),
      visit: z.int(),
      attempt: z.int(),
      error: z.object({ code: z.string(), message: z.string() }),
      nextRetryAt: z.iso.datetime(),
    })
    .describe('A call failed and will be retried.'),
  'node:slow': z
    .object({
      nodeId: z.string(),
      visit: z.int(),
      attempt: z.int(),
      startedAt: z.iso.datetime().describe('When this attempt started.'),
    })
    .describe('An attempt of a call has had no result for five seconds, and still waits.'),
} as const;

/** What happens to an open flow: best effort, without a number. */
export const flowEventSchemas = {
  'flow:people': z
    .object({ people: z.array(flowPersonSchema) })
    .describe('Who has the flow open now, you included.'),
  'flow:saved': z
    .object({
      revision: z.int().describe('The revision that was saved.'),
      userId: z.string().describe('Who saved it.'),
    })
    .describe('The draft of the flow was saved.'),
} as const;

/** What happens in an inbox: best effort, without a number. */
export const inboxEventSchemas = {
  'inbox:changed': z
    .object({
      workspaceId: z.string(),
      seq: z.int().optional().describe('The number of its newest event, where something was said.'),
      isFromVisitor: z.boolean().optional().describe('Whether its visitor has said something.'),
      mentions: z.array(z.string()).optional().describe('The IDs of those whom a note tells.'),
    })
    .describe('A conversation of the inbox has changed. Read it again.'),
  presence: z
    .object({ people: z.array(conversationPersonSchema) })
    .describe('Who of the team looks at a conversation now, you included. Never stored.'),
  'visitor:typing': z
    .object({ workspaceId: z.string() })
    .describe('The visitor of a conversation is typing. Counts for a few seconds.'),
} as const;

/** What `run:rewound` carries. */
export const rewoundSchema = z
  .object({ toSeq: z.int().min(0) })
  .describe(
    'Rare. Discard all events after `toSeq`: they were lost in a server crash and are sent again.',
  );

/** Live only: best effort, without a number. */
export type LiveEvents = {
  [K in keyof typeof liveEventSchemas]: z.output<(typeof liveEventSchemas)[K]>;
};

/** Tokens as they stream; `offset` in UTF-16 units into the text of this attempt. */
export type AiChunk = LiveEvents['ai:chunk'];

/** A call failed and will be tried again. `nextRetryAt` is ISO 8601. */
export type NodeRetrying = LiveEvents['node:retrying'];

/** A call waits for its service. `startedAt` is ISO 8601. */
export type NodeSlow = LiveEvents['node:slow'];

/** Server → client. */
export type ServerEvents = {
  [T in RunEventType as (typeof socketEventOf)[T]]: (payload: Numbered<T>) => void;
} & {
  [T in keyof LiveEvents]: (payload: Stamp & LiveEvents[T]) => void;
} & {
  'run:rewound': (payload: Stamp & z.output<typeof rewoundSchema>) => void;
} & {
  [E in keyof typeof flowEventSchemas]: (
    payload: FlowStamp & z.output<(typeof flowEventSchemas)[E]>,
  ) => void;
} & {
  [E in keyof typeof inboxEventSchemas]: (
    payload: ConversationStamp & z.output<(typeof inboxEventSchemas)[E]>,
  ) => void;
};
