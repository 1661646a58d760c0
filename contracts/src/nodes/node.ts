import { z } from 'zod';
import { type NodeType, nodeTypes } from '../kinds.js';
import { type KindId, nodeData, nodeKinds } from './index.js';
import * as kit from './schema-kit.js';
import { idSchema, text } from '../fields/identifiers.js';
import { positionSchema } from '../fields/position.js';

type DataSchema<K extends KindId> = ReturnType<(typeof nodeData)[K]>;

/** The kinds of a type of node. */
type KindsOf<T extends NodeType> = {
  [K in KindId]: (typeof nodeKinds)[K]['wire']['type'] extends T ? K : never;
}[KindId];

/** The schemas of the data of each kind of node. */
export const dataSchemas = Object.fromEntries(
  Object.entries(nodeData).map(([id, schema]) => [id, schema(kit)]),
) as { [K in KindId]: DataSchema<K> };

/** A logic node whose kind was not chosen yet. */
const undecidedSchema = z.strictObject({ kind: z.undefined().optional() });

/** The data of a type of node: that of any of its kinds. */
function dataOf<T extends NodeType, U extends z.core.$ZodTypeDiscriminable = never>(
  type: T,
  undecided?: U,
) {
  const ids = (Object.keys(nodeKinds) as KindId[]).filter((id) => nodeKinds[id].wire.type === type);
  const [only, ...others] = ids.map((id) => dataSchemas[id]);
  const kinds = Object.values(nodeKinds).flatMap(({ wire }) =>
    wire.type === type && 'kind' in wire ? [wire.kind] : [],
  );
  const schema =
    others.length === 0 && !undecided
      ? only
      : z.discriminatedUnion(
          'kind',
          [only, ...others, ...(undecided ? [undecided] : [])] as never,
          {
            error: `must be one of ${kinds.join(', ')}`,
          },
        );
  type Any = DataSchema<KindsOf<T>> | U;
  return schema as z.ZodType<z.output<Any>, z.input<Any>>;
}

const node = <T extends NodeType, D extends z.ZodType>(type: T, data: D) =>
  z
    .strictObject({
      id: idSchema,
      type: z.literal(type),
      label: text(200),
      position: positionSchema,
      data,
    })
    .meta({ id: `${type[0]?.toUpperCase()}${type.slice(1)}Node` });

/** A node of a flow: what all kinds share, and the data of its kind. */
export const nodeSchema = z
  .discriminatedUnion(
    'type',
    [
      node('trigger', dataOf('trigger')),
      node('speak', dataOf('speak')),
      node('listen', dataOf('listen')),
      node('ai', dataOf('ai')),
      node('logic', dataOf('logic', undecidedSchema)),
      node('integration', dataOf('integration')),
    ],
    { error: `must be one of ${nodeTypes.join(', ')}` },
  )
  .meta({ id: 'Node' });

/** A node with its defaults filled in. */
export type FlowNode = z.output<typeof nodeSchema>;

/** A node as a client writes it. */
export type FlowNodeInput = z.input<typeof nodeSchema>;

/** The node of one type, e.g. `NodeOf<'listen'>`. */
export type NodeOf<T extends NodeType> = Extract<FlowNode, { type: T }>;

/** The data of one kind of node with its defaults filled in, e.g. `DataOf<'branch'>`. */
export type DataOf<K extends KindId> = z.output<DataSchema<K>>;

/** The data of one kind of node as a client writes it. */
export type DataInputOf<K extends KindId> = z.input<DataSchema<K>>;

/** A node of one kind, e.g. `NodeOfKind<'wait'>`. */
export type NodeOfKind<K extends KindId> = Omit<
  NodeOf<(typeof nodeKinds)[K]['wire']['type']>,
  'data'
> & { data: DataOf<K> };
