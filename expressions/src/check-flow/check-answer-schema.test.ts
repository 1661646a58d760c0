import type { JsonObject } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { checkAnswerSchema } from './check-answer-schema.js';

const text = { type: 'string' };
const object = (properties: JsonObject, more: JsonObject = {}) => ({
  type: 'object',
  properties,
  ...more,
});

describe('a schema that models know', () => {
  it.each([
    [text],
    [{ type: ['string', 'null'], description: 'A name', title: 'Name' }],
    [{ type: 'string', enum: ['yes', 'no'], nullable: true }],
    [{ type: 'string', format: 'date-time' }],
    [{ type: 'string', pattern: '^[A-Z]{2}$', minLength: 2, maxLength: 2 }],
    [{ type: 'integer', minimum: 0, maximum: 10 }],
    [{ type: 'array', items: { type: 'number' }, minItems: 1, maxItems: 5 }],
    [{ anyOf: [text, { type: 'boolean' }], description: 'Either' }],
    [
      object(
        { name: text, tags: { type: 'array', items: text } },
        {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          required: ['name'],
          propertyOrdering: ['name', 'tags'],
          additionalProperties: false,
        },
      ),
    ],
    [undefined],
  ])('%j', (schema) => {
    expect(checkAnswerSchema(schema)).toEqual([]);
  });
});

const deep = (levels: number): JsonObject =>
  levels === 1 ? text : { type: 'array', items: deep(levels - 1) };

describe('a schema that they do not know says where', () => {
  it.each([
    [{}, 'schema.type'],
    [{ type: 'null' }, 'schema.type'],
    [{ type: ['string', 'number'] }, 'schema.type'],
    [{ $ref: '#/x', type: 'string' }, 'schema.$ref'],
    [{ type: 'string', const: 'x' }, 'schema.const'],
    [{ type: 'string', minimum: 1 }, 'schema.minimum'],
    [{ type: 'number', enum: [1] }, 'schema.enum'],
    [{ type: 'string', enum: [] }, 'schema.enum'],
    [{ type: 'string', format: 'email' }, 'schema.format'],
    [{ type: 'string', pattern: '(?=x)' }, 'schema.pattern'],
    [{ type: 'string', pattern: 7 }, 'schema.pattern'],
    [{ type: 'string', maxLength: -1 }, 'schema.maxLength'],
    [{ type: 'integer', minimum: '1' }, 'schema.minimum'],
    [{ type: 'object' }, 'schema.properties'],
    [object({}), 'schema.properties'],
    [object({ a: 'string' }), 'schema.properties.a'],
    [object({ a: { type: 'date' } }), 'schema.properties.a.type'],
    [object({ a: text }, { required: ['b'] }), 'schema.required'],
    [object({ a: text }, { additionalProperties: true }), 'schema.additionalProperties'],
    [{ type: 'array' }, 'schema.items'],
    [{ type: 'array', items: [text] }, 'schema.items'],
    [{ type: 'array', items: { type: 'array' } }, 'schema.items.items'],
    [{ anyOf: [] }, 'schema.anyOf'],
    [{ anyOf: [text, { oneOf: [] }] }, 'schema.anyOf[1].type'],
    [{ anyOf: [text], type: 'string' }, 'schema.type'],
    [deep(9), `schema${'.items'.repeat(8)}`],
  ])('%j', (schema, path) => {
    const issues = checkAnswerSchema(schema);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ severity: 'error', code: 'schema_invalid', field: path });
  });

  it('takes eight levels', () => {
    expect(checkAnswerSchema(deep(8))).toEqual([]);
  });
});
