import { z } from 'zod';
import { issueDataShape } from '../flow/issue.js';
import { failedTestSchema } from './flow-tests.js';
import { type ErrorCode, errorCodes } from '../errors.js';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** One fault of an input: where, and what to do. */
export const fieldErrorSchema = z
  .object({
    path: z
      .string()
      .describe('Path in the input, such as `nodes[2].data.text`. Empty for the whole input.'),
    message: z.string(),
    nodeId: z.string().optional().describe('The node with the error.'),
    edgeId: z.string().optional().describe('The edge with the error.'),
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
    type: z.string().describe('Page about this error code.'),
    status: z.int(),
    title: z.string(),
    detail: z.string().describe('What went wrong in this case, and how to fix it.'),
    code: z.enum(codes).describe('Stable: branch on it.'),
    errors: z.array(fieldErrorSchema).optional(),
    failures: z
      .array(failedTestSchema)
      .optional()
      .describe('With `tests_failed`: which tests, and how.'),
    challenge: z
      .object({
        algorithm: z.literal('SHA-256'),
        challenge: z.string().describe('SHA-256 of `salt` followed by the number, in hex.'),
        maxnumber: z.int().describe('The number is from 0 to this.'),
        salt: z.string(),
        signature: z.string(),
      })
      .optional()
      .describe('With `proof_required`: what to solve.'),
    instance: z.string().optional().describe('ID of the request, as in X-Request-Id.'),
  })
  .meta({ id: 'Problem' });
