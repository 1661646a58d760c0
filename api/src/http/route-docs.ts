import type { ErrorCode } from '@crmflow/contracts';
import type { z } from 'zod';

/** The chapters of the documentation, in the order in which they are shown. */
export const tags = {
  Accounts: 'Who one is, and the sessions by which one is known.',
  Flows: 'Conversations as people draw them.',
  Versions: 'Flows as they were published: these never change, and runs stay on theirs.',
  Runs: 'Flows as they are spoken: started, followed, answered, stepped through, recovered.',
  Analytics: 'What became of the runs of a flow.',
  Knowledge: 'What ai nodes may look up.',
  Keys: 'Secrets for the model and for integrations: kept encrypted, never told again.',
  AI: 'The model, outside of a run.',
  System: 'The installation itself.',
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
