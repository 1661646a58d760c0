import { expect, it } from 'vitest';
import { toGeminiSchema } from './gemini-schema.js';

it("says a flow's schema in Gemini's words", () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: {
      // A property may be called as a keyword is.
      type: { type: ['null', 'string'], maxLength: 5 },
      additionalProperties: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          properties: { a: { type: 'number' } },
        },
      },
      either: { anyOf: [{ type: 'string' }, { type: ['integer', 'null'] }] },
    },
  };
  expect(toGeminiSchema(schema)).toEqual({
    type: 'object',
    required: ['type'],
    properties: {
      type: { type: 'string', nullable: true, maxLength: 5 },
      additionalProperties: {
        type: 'array',
        items: { type: 'object', properties: { a: { type: 'number' } } },
      },
      either: { anyOf: [{ type: 'string' }, { type: 'integer', nullable: true }] },
    },
  });
});
