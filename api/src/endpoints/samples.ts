import type { JsonObject, OutboundType } from '@crmflow/contracts';

const conversation = {
  conversationId: 'sample-conversation',
  contactId: 'sample-contact',
  deploymentId: 'sample-deployment',
  workflowId: 'sample-flow',
  runId: 'sample-run',
};
const run = { ...conversation, version: 1 };
const told = { ...conversation, startedAt: '2027-01-01T09:00:00.000Z' };
const contact = {
  contact: {
    id: 'sample-contact',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    phone: null,
    locale: 'en',
    timezone: 'Europe/London',
    attributes: {},
    tags: [],
    isBlocked: false,
    createdAt: '2027-01-01T09:00:00.000Z',
  },
};

const samples: Record<OutboundType, JsonObject> = {
  'conversation.started': told,
  'conversation.finished': told,
  'message.created': {
    ...run,
    message: { id: 'sample-message', role: 'visitor', text: 'Where is my order?' },
  },
  'run.started': run,
  'run.waiting': { ...run, node: { id: 'ask', label: 'Ask' }, expect: { kind: 'text' } },
  'run.completed': { ...run, output: { order: 1042 } },
  'run.failed': { ...run, error: { code: 'http_status', message: 'The shop answered 500.' } },
  'handoff.requested': { ...run, note: 'Wants to talk to a person.' },
  'handoff.accepted': { ...run, userId: 'sample-user', name: 'Grace Hopper' },
  'handoff.ended': { ...run, userId: 'sample-user', how: 'reask' },
  'contact.created': contact,
  'contact.updated': contact,
  'delivery.failed': {
    endpointId: 'sample-endpoint',
    deliveryId: '1',
    eventId: 'evt_sample',
    type: 'message.created',
    reason: 'exhausted',
    undelivered: 1,
  },
};

/** What a test of an endpoint sends: an event as it could be, which says that it is a test. */
export const sampleOf = (type: OutboundType): JsonObject => ({ test: true, ...samples[type] });
