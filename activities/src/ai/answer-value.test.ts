import { describe, expect, it } from 'vitest';
import { answerValue } from './answer-value.js';

const person = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^[A-Z]' },
    age: { type: ['integer', 'null'], minimum: 0 },
    at: { type: 'string', format: 'date-time' },
    mood: { type: 'string', enum: ['good', 'bad'], nullable: true },
  },
};

describe('a structured answer', () => {
  it.each([
    [person, '{"name": "Ada", "age": 36}'],
    [person, ' {"name":"Ada","age":null,"at":"2026-01-31T09:30:00Z","mood":null}\n'],
    [{ type: 'string' }, '"yes"'],
    [{ type: 'array', items: { type: 'number' } }, '[1, 2.5]'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }], nullable: true }, 'null'],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, 'false'],
  ])('by %j is a value: %s', (schema, text) => {
    expect(answerValue(schema, text)).toEqual(JSON.parse(text));
  });

  it.each([
    ['```json\n{"name": "Ada"}\n```', 'Ada'],
    ['```\n{"name": "Ada"}\n```\nI hope that helps!', 'Ada'],
    ['Here it is:\n\n{"name": "Ada"}', 'Ada'],
    ['{"name": "Ada"} Let me know if you need more.', 'Ada'],
    ['{"name": "A } ] ``` \\" d"} and {"name": "B"}', 'A } ] ``` " d'],
    ['\ufeff{"name": "Ada"}', 'Ada'],
    ['~~~json\n{"name":\n"Ada"}\n~~~', 'Ada'],
    ['JSON {"name": "Ada"}', 'Ada'],
  ])('is taken out of what stands around it: %j', (text, name) => {
    expect(answerValue(person, text)).toEqual({ name });
  });

  it('keeps whole numbers that JavaScript would change', () => {
    const schema = { type: 'object', properties: { id: { type: 'string' } } };
    expect(answerValue(schema, '{"id": 7615917337495251231}')).toEqual({
      id: '7615917337495251231',
    });
  });

  it('that was cut is not retried as a mismatch: it would be cut again', () => {
    const cut = { finishReason: 'MAX_TOKENS' };
    expect(() => answerValue(person, '{"name": "Ad', cut)).toThrow(
      expect.objectContaining({ code: 'ai_truncated', retryable: false }) as Error,
    );
    expect(answerValue(person, '{"name": "Ada"}', cut)).toEqual({ name: 'Ada' });
  });

  it.each([
    ['{"name": "Ada"', 'is not valid JSON'],
    ['Sure: {"name": "Ada"', 'is not valid JSON'],
    ['```json\n{"name": "Ada",}\n```', 'is not valid JSON'],
    ['Ada', 'is not valid JSON'],
    ['[]', 'the value must be object'],
    ['{"age": 1}', "the value must have required property 'name'"],
    ['{"name": "ada"}', 'name must match pattern'],
    ['{"name": "Ada", "age": -1}', 'age must be >= 0'],
    ['{"name": "Ada", "at": "tomorrow"}', 'at must match format "date-time"'],
    ['{"name": "Ada", "mood": "so-so"}', 'mood must be equal to one of the allowed values'],
    ['{"name": "Ada", "more": 1}', 'must NOT have additional properties'],
  ])('is refused: %s', (text, why) => {
    const read = () => answerValue(person, text);
    expect(read).toThrow(expect.objectContaining({ code: 'ai_schema_mismatch', retryable: false }));
    expect(read).toThrow(why);
  });

  it('can be stored', () => {
    expect(answerValue({ type: 'string' }, '"a\\u0000b\\ud800"')).toBe('ab\ufffd');
  });

  it('is looked at in linear time, whatever the pattern', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    expect(() => answerValue(schema, `"${'a'.repeat(50_000)}!"`)).toThrow('must match pattern');
  });

  it('is no way around a schema that is none', () => {
    const read = () => answerValue({ type: 'string', pattern: '(?=x)' }, '"x"');
    expect(read).toThrow(expect.objectContaining({ code: 'ai_bad_request', retryable: false }));
  });
});
