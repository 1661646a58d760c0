import type { Json, JsonObject } from '@crmflow/contracts';
import { checkNode } from '@crmflow/expressions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blank, type FieldKind, readShape, writeShape } from './shape.js';
import { removeField, renameField, turnInto } from './edit-shape.js';

const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.record(
      {
        type: fc.constantFrom<Json>(
          'string',
          ['string', 'null'],
          ['null', 'string'],
          'date',
          'integer',
        ),
        description: fc.constantFrom('', 'Words'),
        enum: fc.constantFrom<Json>(['a', 'b'], [], [1]),
        format: fc.constantFrom('date-time', 'uri'),
        minLength: fc.nat(9),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ type: fc.constant('array'), items: fc.oneof(tie('schema'), fc.constant(1)) }),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), tie('schema')),
        required: fc.constantFrom<Json>([], ['a'], ['b', 'a'], ['a', 'a'], ['zz']),
        propertyOrdering: fc.constant(['b', 'a']),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({ anyOf: fc.array(tie('schema')) }),
  ) as fc.Arbitrary<JsonObject>,
}));

const sorted = (value: Json): Json =>
  JSON.parse(
    JSON.stringify(value, (key, part: Json) =>
      key === 'required' && Array.isArray(part) ? [...part].sort() : part,
    ),
  ) as Json;

const faultsOf = (written: JsonObject) =>
  checkNode({
    id: 'n',
    type: 'ai',
    label: '',
    position: { x: 0, y: 0 },
    data: {
      ...{ prompt: 'p', useKnowledge: false, usePersonality: false },
      ...{ output: 'variable', saveAs: 'x', schema: written },
    },
  });

describe('rows of a schema', () => {
  it('lose nothing of any schema, whether rows can say it or not', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(sorted(writeShape(readShape(one)))).toEqual(sorted(one));
      }),
    );
  });

  it('write for each kind what models take', () => {
    const kinds: FieldKind[] = [
      'text',
      'number',
      'whole',
      'yesNo',
      'choice',
      'moment',
      'list',
      'object',
    ];
    for (const kind of kinds) {
      const fields = [{ name: 'it', isRequired: true, shape: blank(kind) }];
      const written = writeShape({ ...blank('object'), fields });
      expect([kind, faultsOf(written)]).toEqual([kind, []]);
      expect(readShape(written).fields[0]?.shape.kind).toBe(kind);
    }
  });

  it('carry what two kinds share from one to the other', () => {
    const whole = readShape({ type: 'integer', minimum: 1, description: 'How many' });
    expect(writeShape(turnInto('number', whole))).toEqual({
      type: 'number',
      minimum: 1,
      description: 'How many',
    });
    expect(writeShape(turnInto('text', whole))).toEqual({
      type: 'string',
      description: 'How many',
    });
  });

  it('keep the lists of names with their fields', () => {
    const read = readShape({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      required: ['a'],
      propertyOrdering: ['b', 'a'],
    });
    expect(writeShape(renameField(read, 0, 'z'))).toMatchObject({
      required: ['z'],
      propertyOrdering: ['b', 'z'],
    });
    expect(writeShape(removeField(read, 0))).toEqual({
      type: 'object',
      properties: { b: { type: 'string' } },
      propertyOrdering: ['b'],
    });
  });
});
