import {
  dataSchemas,
  type FlowNodeInput,
  isJsonObject,
  type Json,
  type JsonObject,
  type KindId,
  kindIds,
  kindOf,
  nodeWritings,
  wireOf,
} from '@crmflow/contracts';

const fieldsOf = (id: KindId): object => dataSchemas[id].shape;

const known = new Set(kindIds.flatMap((id) => Object.keys(fieldsOf(id))));

/** The kind that a model means by a node's type and `data.kind`, where there is one. */
function writtenKind(type: string, kind: Json | undefined): KindId | undefined {
  const ofType = kindIds.filter((id) => wireOf(id).type === type);
  const isDefault = (id: KindId) => wireOf(id).kind === undefined || wireOf(id).isDefault;
  return ofType.find((id) => wireOf(id).kind === kind) ?? ofType.find(isDefault);
}

/** What of a kind is written in other words than it is saved. */
const writtenOnly: { [K in KindId]?: readonly string[] } = {
  ai: ['goal', 'fields', 'instead'],
  http: ['key'],
};
const allWrittenOnly = new Set(Object.values(writtenOnly).flat());

/** Names are texts; whatever else the model writes for one is a fault that the check finds. */
export const nameOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? '');
/** A word as models may write it: in capitals, or with spaces or hyphens for underscores. */
export const wordOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
const itemsOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
/** The objects of a list, where it is one. */
export const objectsIn = (value: Json | undefined): JsonObject[] =>
  itemsOf(value).filter(isJsonObject);

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

/** The fields of a node that a model cannot write, and so does not mean to change. */
function keptOf(kind: KindId | undefined, before: FlowNodeInput | undefined): JsonObject {
  if (!kind || !before || kindOf(before) !== kind) return {};
  const data = Object.entries(before.data as unknown as JsonObject);
  return Object.fromEntries(data.filter(([name]) => nodeWritings[kind].keeps.includes(name)));
}

/** An ai node talks where it has a goal; its fields are then what it collects. */
function aiData(written: JsonObject, kept: JsonObject): JsonObject {
  const { goal, fields, instead, timeout, ...data } = written;
  const schema = objectsIn(fields).length > 0 ? schemaOf(objectsIn(fields)) : undefined;
  const { converse: talked, schema: answered, ...rest } = kept;
  const base = {
    ...rest,
    ...data,
    ...(instead !== undefined && instead !== '' && { fallback: { kind: 'text', text: instead } }),
  };
  if (goal === undefined || goal === '') {
    const structure = schema ?? answered;
    return { ...base, ...(structure !== undefined && { schema: structure }) };
  }
  const { collect, ...before } = isJsonObject(talked) ? talked : {};
  const wanted = schema ?? collect;
  return {
    ...base,
    converse: {
      ...before,
      goal,
      ...(wanted !== undefined && { collect: wanted }),
      ...(timeout !== undefined && timeout !== '' && { timeout }),
    },
  };
}

/**
 * The data of a node as a model wrote it: fields of other kinds are dropped, since the model is
 * shown all of them as one; unknown ones stay.
 * @param before the node that was to be changed: what a model cannot say stays as it was
 */
export function toData(
  type: Json | undefined,
  given: Json | undefined,
  before?: FlowNodeInput,
): JsonObject {
  const written = isJsonObject(given) ? given : {};
  const kind = writtenKind(nameOf(type), written['kind']);
  const own = kind ? fieldsOf(kind) : {};
  const isAi = kind === 'ai';
  const kept = Object.entries(written).filter(
    ([name, value]) =>
      value !== null &&
      (Object.hasOwn(own, name) || !known.has(name) || (isAi && name === 'timeout')) &&
      (!allWrittenOnly.has(name) || (kind && writtenOnly[kind]?.includes(name))),
  );
  const { headers, query, body, key, ...rest } = Object.fromEntries(kept);
  const unwritten = keptOf(kind, before);
  if (isAi) return aiData(rest, unwritten);
  return {
    ...(key !== undefined && key !== '' && { auth: { secret: key, in: 'bearer' } }),
    ...unwritten,
    ...rest,
    ...(headers !== undefined && { headers: mapOf(headers) }),
    ...(query !== undefined && { query: mapOf(query) }),
    ...(body !== undefined && { body: bodyOf(body) }),
  };
}
