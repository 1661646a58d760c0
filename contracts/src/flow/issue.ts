import { z } from 'zod';
import { type IssueCode, issueSeverities } from '../issues/issue.js';

const codes = Object.keys(issueSeverities) as [IssueCode, ...IssueCode[]];

/** What of an issue is data: enough to say it in another language, and to find its place. */
export const issueDataShape = {
  reason: z.string().describe('Finer than the code, and stable as well.'),
  field: z
    .string()
    .optional()
    .describe('Where in the data of the node: `choices[1].label`. Absent for the whole node.'),
  params: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .describe('What the message says in particular, by name.'),
  offset: z
    .int()
    .min(0)
    .optional()
    .describe('The character in the text of the field, in UTF-16 units from 0.'),
};

/** What keeps a flow from running (error), or is probably not meant (warning). */
export const flowIssueSchema = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.enum(codes).describe('Stable: branch on it.'),
    message: z.string(),
    ...issueDataShape,
    nodeId: z.string().optional(),
    edgeId: z.string().optional(),
  })
  .meta({ id: 'FlowIssue' });

/** An issue as the API answers it: with a sentence in English. */
export type WrittenIssue = z.output<typeof flowIssueSchema>;
