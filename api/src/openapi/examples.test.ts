import { expect, it } from 'vitest';
import {
  createFlowSchema,
  registerSchema,
  sendMessageSchema,
  startRunSchema,
} from '@crmflow/contracts';
import { productDocument } from './product-document.js';

const schemas = {
  '/api/auth/register': registerSchema,
  '/api/workflows': createFlowSchema,
  '/api/workflows/{id}/runs': startRunSchema,
  '/api/runs/{runId}/messages': sendMessageSchema,
};

it('the examples are what the addresses take', async () => {
  const { paths } = await productDocument();
  for (const [path, schema] of Object.entries(schemas)) {
    const { requestBody } = paths[path]?.['post'] as {
      requestBody: { content: Record<string, { example: unknown }> };
    };
    expect(requestBody.content['application/json']?.example).toBeDefined();
    expect(
      schema.safeParse(requestBody.content['application/json']?.example).error,
    ).toBeUndefined();
  }
});
