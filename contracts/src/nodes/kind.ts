import type { JsonObject } from '../json.js';
import type { NodeType } from '../kinds.js';

/**
 * The stored key that a node uses: that of the service which its data names at a path, or the
 * model's. With `when`, only nodes whose data has these values use it.
 */
export type KeyUse =
  { of: 'service'; at: readonly string[] } | { of: 'model'; when?: { [field: string]: string } };

/** What a flow can need besides itself: the model, knowledge, a service that it calls. */
export const needs = ['model', 'knowledge', 'service'] as const;

/** What a flow needs besides itself. */
export type Need = (typeof needs)[number];

/**
 * A field with expressions: a text with CEL in `{{ }}` or a JSON value with such texts in it
 * (`template`), one that customers read as it is written (`message`), or CEL as a whole
 * (`condition`).
 */
export type ExpressionField = {
  /** Its JSON path in the data: `reminders[0].text`. */
  field: string;
  value: unknown;
  as: 'template' | 'message' | 'condition';
  /** Variables that the same visit has set before it reads the field. */
  setBefore?: readonly string[];
};

/**
 * What a run may wait for at a node: a reply of the customer, a call of its address, an instant, or a
 * person of the team.
 */
export type Awaits = 'reply' | 'callback' | 'time' | 'person';

/**
 * What is known about a kind of node, apart from what it does and how it looks.
 * @typeParam D its data as clients write it: fields with defaults may be missing
 */
export type NodeKind<D> = {
  /**
   * How a flow says it: by the node's type and, where a type has several kinds, by `data.kind`.
   * `isDefault` marks the kind of a node of this type without `data.kind`.
   */
  wire: { type: NodeType; kind?: string; isDefault?: true };
  /** The data of a new node. */
  defaults: D;
  /** The handles by which a node can be left, in the order in which they are shown. */
  handles(data: D): string[];
  /** The variables that a node sets; empty where none is named yet. */
  variables(data: D): (string | undefined)[];
  /** The fields that hold expressions. */
  expressions(data: D): ExpressionField[];
  /** The stored key that its nodes use; null where they use none. */
  key: KeyUse | null;
  /** What a node needs besides its key. */
  needs(data: D): Need[];
  /**
   * Whether a visit is exactly one call with an idempotency key. A retry then repeats the visit
   * that failed, so that what has happened already does not happen twice.
   */
  isCall(data: D): boolean;
  /** Whether the model of an ai node may call it as a tool. */
  isTool: boolean;
  /** What a run waits for at a node; null where it goes on at once. */
  waitsFor(data: D): Awaits | null;
};

/** What a model that writes flows is told about a kind of node. */
export type NodeWriting = {
  /** One line per way to use it: what it does, its fields, its handles. */
  lines: readonly string[];
  /** JSON Schemas of the fields that it fills in; fields that kinds share have the same schema. */
  fields: { [name: string]: JsonObject };
  /** Fields that it cannot write: a node that it changes keeps them. */
  keeps: readonly string[];
};
