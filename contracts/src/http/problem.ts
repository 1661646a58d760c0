import { z } from 'zod';
import { issueDataShape } from '../flow/issue.js';
import { type ErrorCode, errorCodes } from '../errors.js';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** One fault of an input: where, and what to do. */
export const fieldErrorSchema = z
  .object({
    path: z.string().describe('Where in the input: `nodes[2].data.text`, or empty for the whole.'),
    message: z.string(),
    nodeId: z.string().optional().describe('The node of a flow that has the fault.'),
    edgeId: z.string().optional().describe('The edge of a flow that has the fault.'),
    code: z.string().optional().describe('The code of the issue, where a flow cannot run.'),
    reason: issueDataShape.reason.optional(),
    field: issueDataShape.field,
    params: issueDataShape.params.optional(),
    offset: issueDataShape.offset,
  })
  .meta({ id: 'FieldError' });

/** An error as HTTP answers it: RFC 9457, `application/problem+json`. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe('The page about this code.'),
    status: z.int(),
    title: z.string(),
    detail: z.string().describe('What went wrong in this case, and how to mend it.'),
    code: z.enum(codes).describe('Stable: branch on it.'),
    errors: z.array(fieldErrorSchema).optional(),
    instance: z.string().optional().describe('The id of the request, as in X-Request-Id.'),
  })
  .meta({ id: 'Problem' });
