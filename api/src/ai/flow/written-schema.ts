import type { JsonObject } from '@crmflow/contracts';

const text: JsonObject = { type: 'string' };
const flag: JsonObject = { type: 'boolean' };
const oneOf = (...values: string[]): JsonObject => ({ type: 'string', enum: values });
const list = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'array',
  items: { type: 'object', properties, required },
});
const pairs = list({ name: text, value: text });

/** The data of all kinds of node in one: models know no unions that depend on another field. */
const data: JsonObject = {
  kind: oneOf('manual', 'chat', 'branch', 'set', 'wait', 'http'),
  mode: oneOf('text', 'ai'),
  text,
  variable: text,
  expect: oneOf('any', 'choice', 'number', 'email', 'date', 'pattern'),
  choices: list({ value: text, label: text }),
  pattern: text,
  retries: { type: 'integer', minimum: 0, maximum: 20 },
  retryText: text,
  timeout: text,
  reminders: list({ after: text, text }),
  prompt: text,
  system: text,
  useKnowledge: flag,
  usePersonality: flag,
  saveAs: text,
  output: oneOf('message', 'variable', 'both'),
  fields: list(
    {
      name: text,
      type: oneOf('string', 'number', 'integer', 'boolean'),
      description: text,
      enum: { type: 'array', items: text },
    },
    ['name', 'type'],
  ),
  goal: text,
  instead: text,
  cases: list({ handle: text, when: text }),
  assign: pairs,
  duration: text,
  until: text,
  method: oneOf('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
  url: text,
  headers: pairs,
  query: pairs,
  body: text,
};

/**
 * What the model is to write: a flow as it is saved, but for what models cannot say. Maps are lists
 * of names and values, an answer's schema is a list of fields, a body is JSON as a text.
 */
export const writtenFlowSchema: JsonObject = {
  type: 'object',
  required: ['name', 'description', 'nodes', 'edges'],
  properties: {
    name: text,
    description: text,
    variables: list({ name: text, default: text }, ['name']),
    nodes: list(
      {
        id: text,
        type: oneOf('trigger', 'speak', 'listen', 'ai', 'logic', 'integration'),
        label: text,
        data: { type: 'object', properties: data },
      },
      ['id', 'type', 'label', 'data'],
    ),
    edges: list({ source: text, sourceHandle: text, target: text }),
  },
};
