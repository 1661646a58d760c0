import type { ErrorCode } from '@crmflow/contracts';
import type { z } from 'zod';

/** The chapters of the documentation, in the order in which they are shown. */
export const tags = [
  'Accounts',
  'Flows',
  'Versions',
  'Runs',
  'Analytics',
  'Knowledge',
  'Keys',
  'AI',
  'System',
] as const;

/** A body by its schema (JSON), by another media type, or none. */
export type Answer = z.ZodType | { [mediaType: string]: z.ZodType } | null;

/** What the OpenAPI document tells about a route besides what its schemas say. */
export type RouteDocs = {
  tag: (typeof tags)[number];
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
};
