import {
  aiDataSchema,
  branchDataSchema,
  type FlowInput,
  integrationDataSchema,
  type Json,
  type JsonObject,
  listenDataSchema,
  setDataSchema,
  speakDataSchema,
  triggerDataSchema,
  waitDataSchema,
} from '@crmflow/contracts';

const dataSchemas: Record<string, { shape: object } | undefined> = {
  trigger: triggerDataSchema,
  speak: speakDataSchema,
  listen: listenDataSchema,
  ai: aiDataSchema,
  integration: integrationDataSchema,
  branch: branchDataSchema,
  set: setDataSchema,
  wait: waitDataSchema,
};

const known = new Set(
  Object.values(dataSchemas).flatMap((schema) => Object.keys(schema?.shape ?? {})),
);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Names are texts; whatever else the model writes for one is a fault that the check finds. */
const nameOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');
const itemsOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const objectsIn = (value: Json | undefined): JsonObject[] => itemsOf(value).filter(isObject);

function mapOf(pairs: Json): Json {
  if (!Array.isArray(pairs)) return pairs;
  return Object.fromEntries(objectsIn(pairs).map(({ name, value }) => [nameOf(name), value ?? '']));
}

function bodyOf(body: Json): Json {
  if (typeof body !== 'string' || !/^\s*[[{]/.test(body)) return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    // A text that only looks like JSON is a text.
    return body;
  }
}

function schemaOf(fields: JsonObject[]): JsonObject {
  const properties = fields.map(({ name, type, description, enum: values }) => [
    nameOf(name),
    {
      type: type ?? 'string',
      ...(description !== undefined && description !== '' && { description }),
      ...(itemsOf(values).length > 0 && { enum: itemsOf(values) }),
    },
  ]);
  return {
    type: 'object',
    required: fields.map(({ name }) => nameOf(name)),
    properties: Object.fromEntries(properties) as JsonObject,
  };
}

/** Fields of other kinds are dropped, since the model is shown all of them as one; unknown ones stay. */
function dataOf(type: Json | undefined, given: Json | undefined): JsonObject {
  const written = isObject(given) ? given : {};
  const { fields, ...data } = written;
  const isLogic = type === 'logic';
  const own = dataSchemas[nameOf(isLogic ? data['kind'] : type)]?.shape ?? {};
  const kept = Object.entries(data).filter(
    ([name, value]) => value !== null && (Object.hasOwn(own, name) || !known.has(name)),
  );
  const { headers, query, body, ...rest } = Object.fromEntries(kept);
  return {
    ...rest,
    ...(headers !== undefined && { headers: mapOf(headers) }),
    ...(query !== undefined && { query: mapOf(query) }),
    ...(body !== undefined && { body: bodyOf(body) }),
    ...(type === 'ai' && objectsIn(fields).length > 0 && { schema: schemaOf(objectsIn(fields)) }),
  };
}

type Graph = Pick<FlowInput, 'nodes' | 'edges'>;

/**
 * What the model wrote, as a flow is saved: nothing is checked yet, and nothing is laid out.
 * @param before the flow that was to be changed: what is the same keeps its place and its ids
 */
export function toFlow(written: Json, before?: Graph): JsonObject {
  const { name, description, variables, nodes, edges } = isObject(written) ? written : {};
  const places = new Map(before?.nodes.map(({ id, position }) => [id, position]));
  const wire = (edge: { [key: string]: unknown }) =>
    JSON.stringify([edge['source'], edge['sourceHandle'], edge['target']]);
  const ids = new Map(before?.edges.map((edge) => [wire(edge), edge.id]));
  return {
    schemaVersion: 1,
    name: name ?? '',
    description: description ?? '',
    variables: objectsIn(variables).map((one) => ({
      name: one['name'] ?? '',
      ...(one['default'] !== undefined && one['default'] !== null && { default: one['default'] }),
    })),
    nodes: objectsIn(nodes).map(({ id = '', type = '', label, data }) => ({
      id,
      type,
      label: label ?? '',
      position: places.get(nameOf(id)) ?? { x: 0, y: 0 },
      data: dataOf(type, data),
    })),
    edges: objectsIn(edges).map((edge, index) => {
      const { source = '', target = '' } = edge;
      const sourceHandle = edge['sourceHandle'] ?? 'out';
      const id = ids.get(wire({ source, sourceHandle, target })) ?? `edge-${index + 1}`;
      return { id, source, sourceHandle, target };
    }),
  };
}
