// Lists that browsers need without the library that parses by them.

/** The kinds of node in the order in which people meet them. */
export const nodeTypes = ['trigger', 'speak', 'listen', 'ai', 'logic', 'integration'] as const;

/** The six kinds of node. */
export type NodeType = (typeof nodeTypes)[number];

/** The fields of a contact that flows set by their names; any other name is one of its attributes. */
export const contactFields = ['name', 'email', 'phone', 'locale', 'timezone', 'tags'] as const;

/** How flows can be listed by state. */
export const flowStates = ['draft', 'published', 'changed', 'running', 'failed'] as const;

/** A state of flows to list. */
export type FlowState = (typeof flowStates)[number];

/** Orders of flows in a list. */
export const flowOrders = ['created', 'changed', 'name', 'lastRun'] as const;

/** An order of flows in a list. */
export type FlowOrder = (typeof flowOrders)[number];

/** What templates are for; `community` is what users have made. */
export const templateCategories = [
  'sales',
  'support',
  'scheduling',
  'onboarding',
  'feedback',
  'commerce',
  'retention',
  'community',
] as const;

/** What a template is for. */
export type TemplateCategory = (typeof templateCategories)[number];

/** Where a run is: the first three go on, the others are final. In the order people look for. */
export const runStatuses = [
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'timed_out',
] as const;

/** Where a run is. */
export type RunStatus = (typeof runStatuses)[number];

/** Of runs that have ended for good. */
export const finalStatuses: readonly RunStatus[] = [
  'completed',
  'failed',
  'cancelled',
  'timed_out',
];

/** Of runs that are still active. */
export const openStatuses = runStatuses.filter((status) => !finalStatuses.includes(status));

/** Whether a run with this status has ended for good. */
export function isFinal(status: RunStatus): boolean {
  return finalStatuses.includes(status);
}

/** How a run goes from node to node: on its own, or one at a time on its owner's command. */
export const runModes = ['auto', 'step'] as const;

/** How a run goes from node to node. */
export type RunMode = (typeof runModes)[number];

/** Why a run pauses before a node: it pauses before each, or this is one of its pause points. */
export const pauseReasons = ['step', 'pause_point'] as const;

/** Why a run pauses before a node. */
export type PauseReason = (typeof pauseReasons)[number];

/** Who a message is from: the customer, the model, the flow with its author's text, or a person of the team. */
export const messageRoles = ['user', 'ai', 'system', 'operator'] as const;

/** Who a message is from. */
export type MessageRole = (typeof messageRoles)[number];

/** What knowledge is made from: an uploaded PDF, a web page, or typed text. */
export const knowledgeTypes = ['pdf', 'url', 'manual'] as const;

/** What knowledge is made from. */
export type KnowledgeType = (typeof knowledgeTypes)[number];

/** The languages whose words are reduced to their stems; `simple` takes words as they are. */
export const knowledgeLanguages = [
  ...['simple', 'danish', 'dutch', 'english', 'finnish', 'french', 'german', 'hungarian'],
  ...['italian', 'norwegian', 'portuguese', 'russian', 'spanish', 'swedish', 'turkish'],
] as const;

/** How the words of a text are read. */
export type KnowledgeLanguage = (typeof knowledgeLanguages)[number];

/** What a listen node waits for: a reply, as it is to be read, or that its address is called. */
export const expectations = [
  'any',
  'choice',
  'number',
  'email',
  'phone',
  'date',
  'pattern',
  'callback',
] as const;

/** What a listen node waits for. */
export type Expectation = (typeof expectations)[number];

/** Where published flows can meet the world. */
export const deploymentKinds = ['chat', 'webhook', 'schedule'] as const;

/** Where a published flow meets the world. */
export type DeploymentKind = (typeof deploymentKinds)[number];

/** How a webhook knows who sends to it. */
export const webhookAuthKinds = [
  'none',
  'token',
  'basic',
  'standard',
  'github',
  'stripe',
  'slack',
  'hmac',
] as const;

/** How a webhook knows who sends to it. */
export type WebhookAuthKind = (typeof webhookAuthKinds)[number];

/** What is signed where a webhook says that by itself, with `{timestamp}` and `{body}` in it. */
export const signedTemplate = ({
  signed,
  timestampHeader,
}: {
  signed?: string | undefined;
  timestampHeader?: string | undefined;
}): string => signed ?? (timestampHeader === undefined ? '{body}' : '{timestamp}.{body}');

/** What a webhook answers: at once, when its run has ended, or what a respond node says. */
export const webhookResponds = ['accepted', 'finished', 'node'] as const;

/** What a webhook answers. */
export type WebhookRespond = (typeof webhookResponds)[number];

/** What becomes of a time of a schedule at which its last run is still active. */
export const scheduleOverlaps = ['all', 'skip', 'buffer'] as const;

/** What becomes of a time of a schedule at which its last run is still active. */
export type ScheduleOverlap = (typeof scheduleOverlaps)[number];

/** Why a schedule pauses itself. */
export const schedulePauses = ['owner_gone', 'failing'] as const;

/** Why a schedule pauses itself. */
export type SchedulePause = (typeof schedulePauses)[number];

/** Where a firing comes from: the time was due, somebody asked for it now, or afterwards. */
export const firingKinds = ['scheduled', 'manual', 'backfill'] as const;

/** Where a firing comes from. */
export type FiringKind = (typeof firingKinds)[number];

/** How a firing stands; from `ended` on it is settled. */
export const firingStates = [
  ...(['due', 'starting', 'running'] as const),
  ...(['ended', 'failed', 'skipped', 'missed', 'refused'] as const),
];

/** How a firing stands. */
export type FiringState = (typeof firingStates)[number];

/** Who leads a conversation. */
export const conversationControls = ['flow', 'human'] as const;

/** The days of a week, as JavaScript numbers them: Sunday is 0. */
export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** How a person hands a conversation back to its flow. */
export const handBackWays = ['reask', 'answer', 'goto', 'end'] as const;

/** How a person hands a conversation back to its flow. */
export type HandBackWay = (typeof handBackWays)[number];

/** How a conversation stands. */
export const conversationStatuses = ['open', 'waiting', 'snoozed', 'closed'] as const;

/** What the team does with a conversation, besides answering. */
export const teamEventTypes = ['note', 'assigned', 'snoozed', 'closed', 'reopened'] as const;

/** Which conversations a list shows. */
export const conversationViews = [
  'mine',
  'unassigned',
  'all',
  'waiting',
  'snoozed',
  'closed',
] as const;

/** What endpoints can hear of. The migrations of the database write these events. */
export const outboundTypes = [
  'conversation.started',
  'conversation.finished',
  'message.created',
  'run.started',
  'run.waiting',
  'run.completed',
  'run.failed',
  'handoff.requested',
  'handoff.accepted',
  'handoff.ended',
  'contact.created',
  'contact.updated',
  'delivery.failed',
] as const;

/** Something that an endpoint can hear of. */
export type OutboundType = (typeof outboundTypes)[number];

/** How far the delivery of an event is. */
export const outboundStatuses = ['pending', 'delivered', 'undelivered'] as const;
