import type { ErrorCode } from '@crmflow/contracts';
import type { z } from 'zod';

/** The chapters of the documentation, in the order in which they are shown. */
export const tags = {
  Accounts: 'Your account, your profile, and your sessions.',
  Workspaces:
    'What a team shares: its members, invitations, API tokens, and the log of who did what.',
  Flows: 'Drafts: what you draw and edit.',
  Versions:
    'Published flows. A version never changes, and runs stay on the version they started with.',
  Tests:
    'What a flow is to do: tests that run in an instant and call nothing, a search for weak spots, and past conversations on the draft.',
  Deployments: 'Where published flows meet the world: chat pages, webhooks and schedules.',
  Webhooks: 'What other services send, what they are answered, and what has come in.',
  Events: 'What happens in a workspace, sent to other systems.',
  Schedules: 'When flows run by themselves, and what became of past times.',
  Runs: 'Executions of flows: start, follow, answer, step through, and recover them.',
  Chat: 'What the page of a chat asks: visitors, their conversations, and what is said there.',
  Conversations: 'What customers and flows say to each other at deployments.',
  Contacts: 'People outside your team who write in chats, and what you know of them.',
  Analytics: 'Statistics about the runs of a flow.',
  Knowledge: 'Sources that ai nodes answer from.',
  Keys: 'Secrets for the model and for integrations. They are stored encrypted and never returned.',
  AI: 'Use the model outside of a run.',
  System: 'Health, metrics, and this documentation.',
} as const;

/** A body by its schema (JSON), by another media type, or none. */
export type Answer = z.ZodType | { [mediaType: string]: z.ZodType } | null;

/** What the OpenAPI document tells about a route besides what its schemas say. */
export type RouteDocs = {
  tag: keyof typeof tags;
  /** A few words without a full stop: `Start a run`. */
  summary: string;
  /** What the summary leaves out; Markdown. */
  description?: string;
  /** What it answers when all goes well, by status. */
  answers: { [status: number]: Answer };
  /**
   * The errors besides those that every such route has: 401 where one must be signed in, 404 for
   * params, 400 for a query, 422 and its like for a body, 500 and 503.
   */
  problems?: readonly ErrorCode[];
  /** The media type of the body, where it is not JSON. */
  bodyType?: string;
  /** A body that works. */
  example?: unknown;
};
