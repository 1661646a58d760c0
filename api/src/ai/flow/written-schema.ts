import {
  type Json,
  type JsonObject,
  kindIds,
  nodeTypes,
  nodeWritings,
  wireOf,
} from '@crmflow/contracts';

const text: JsonObject = { type: 'string' };
const list = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'array',
  items: { type: 'object', properties, required },
});

const valuesOf = (field: JsonObject | undefined) => (field?.['enum'] as Json[] | undefined) ?? [];

/** Every value of `data.kind`: of the types that have several kinds, and of triggers. */
function kindField(): JsonObject {
  const written = kindIds.flatMap((id) => valuesOf(nodeWritings[id].fields['kind']));
  const kinds = kindIds.flatMap((id) => wireOf(id).kind ?? []);
  return { type: 'string', enum: [...written, ...kinds] };
}

/** The data of all kinds of node in one: models know no unions that depend on another field. */
function dataFields(): JsonObject {
  const fields = kindIds.map((id) => nodeWritings[id].fields);
  return { ...Object.assign({}, ...fields), kind: kindField() } as JsonObject;
}

/**
 * What the model is to write: a flow as it is saved, except for what models cannot write. Maps are
 * lists of names and values, an answer's schema is a list of fields, a body is JSON as a text.
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
        type: { type: 'string', enum: [...nodeTypes] },
        label: text,
        data: { type: 'object', properties: dataFields() },
      },
      ['id', 'type', 'label', 'data'],
    ),
    edges: list({ source: text, sourceHandle: text, target: text }),
  },
};
