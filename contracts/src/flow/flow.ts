import { z } from 'zod';
import { type Json, jsonBytes, jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { idSchema, text, variableNameSchema } from './identifiers.js';
import { handlesOf } from '../nodes/of-node.js';
import { nodeSchema } from './node.js';
import { type FlowNote, notesSchema } from './note.js';

/** A wire from a handle of one node to another node. */
export const edgeSchema = z
  .strictObject({
    id: idSchema,
    source: z.string(),
    sourceHandle: z.string(),
    target: z.string(),
  })
  .meta({ id: 'Edge' });

/** A variable of the flow and the value it starts with. */
export const variableSchema = z
  .strictObject({
    name: variableNameSchema,
    default: jsonValueSchema
      .refine((value) => jsonBytes(value) <= limits.valueBytes, 'must not be larger than 64 kB')
      .optional(),
  })
  .meta({ id: 'FlowVariable' });

const shape = {
  nodes: z
    .array(nodeSchema)
    .max(limits.flowNodes, `must not have more than ${limits.flowNodes} nodes`),
  edges: z
    .array(edgeSchema)
    .max(limits.flowEdges, `must not have more than ${limits.flowEdges} edges`),
  variables: z.array(variableSchema).max(500),
  notes: notesSchema,
};

/** Nodes and wires only: what `graphFaults` looks at and what a run executes. */
export type Graph = { nodes: z.output<typeof nodeSchema>[]; edges: Edge[] };

/** A wire of a flow. */
export type Edge = z.output<typeof edgeSchema>;

/** A variable of a flow. */
export type FlowVariable = z.output<typeof variableSchema>;

function* repeated(items: readonly string[]): Generator<number> {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item)) yield index;
    seen.add(item);
  }
}

/** A fault of a graph and the JSON path of what has it. */
export type GraphFault = { path: (string | number)[]; message: string };

function* edgeFaults(graph: Graph): Generator<GraphFault> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const [index, edge] of graph.edges.entries()) {
    const source = nodes.get(edge.source);
    if (!source) {
      yield {
        path: ['edges', index, 'source'],
        message: `must be the ID of a node of the flow, not "${edge.source}"`,
      };
    } else if (!handlesOf(source).includes(edge.sourceHandle)) {
      const known = handlesOf(source).join(', ');
      yield {
        path: ['edges', index, 'sourceHandle'],
        message: `"${edge.sourceHandle}" is not a handle of the node "${source.id}". Use ${known}`,
      };
    }
    if (!nodes.has(edge.target)) {
      yield {
        path: ['edges', index, 'target'],
        message: `must be the ID of a node of the flow, not "${edge.target}"`,
      };
    }
  }
}

/** What makes a graph meaningless although each part has its shape, each fault with its path. */
export function* graphFaults(graph: Graph): Generator<GraphFault> {
  for (const index of repeated(graph.nodes.map((node) => node.id))) {
    yield { path: ['nodes', index, 'id'], message: `is used by another node. Choose a unique ID` };
  }
  for (const index of repeated(graph.edges.map((edge) => edge.id))) {
    yield { path: ['edges', index, 'id'], message: `is used by another edge. Choose a unique ID` };
  }
  const wires = graph.edges.map((edge) => JSON.stringify([edge.source, edge.sourceHandle]));
  for (const index of repeated(wires)) {
    const edge = graph.edges[index];
    yield {
      path: ['edges', index, 'sourceHandle'],
      message: `"${edge?.sourceHandle}" of node "${edge?.source}" already has an edge. A handle can have only one`,
    };
  }
  for (const [index, node] of graph.nodes.entries()) {
    if (node.type !== 'logic' || node.data.kind !== 'branch') continue;
    for (const at of repeated(node.data.cases.map((one) => one.handle))) {
      yield {
        path: ['nodes', index, 'data', 'cases', at, 'handle'],
        message: 'is used by another branch of the node. Choose a unique handle',
      };
    }
  }
  yield* edgeFaults(graph);
}

function* variableFaults(variables: readonly FlowVariable[]): Generator<GraphFault> {
  for (const index of repeated(variables.map((variable) => variable.name))) {
    yield {
      path: ['variables', index, 'name'],
      message: 'is used by another variable. Choose a unique name',
    };
  }
  const bytes = variables.reduce((sum, one) => sum + jsonBytes(one.default ?? null), 0);
  if (bytes > limits.variablesBytes) {
    yield { path: ['variables'], message: 'must not be larger than 256 kB together' };
  }
}

function* noteFaults(notes: readonly FlowNote[]): Generator<GraphFault> {
  for (const index of repeated(notes.map((note) => note.id))) {
    yield { path: ['notes', index, 'id'], message: 'is used by another note. Choose a unique ID' };
  }
}

type Checked = Graph & {
  variables?: FlowVariable[] | undefined;
  notes?: FlowNote[] | undefined;
};

function refine<T extends Checked>(flow: T, context: z.core.$RefinementCtx<T>): void {
  const faults = [
    ...graphFaults(flow),
    ...variableFaults(flow.variables ?? []),
    ...noteFaults(flow.notes ?? []),
  ];
  for (const fault of faults) {
    context.addIssue({ code: 'custom', ...fault });
  }
  if (jsonBytes(flow as unknown as Json) > limits.flowBytes) {
    context.addIssue({ code: 'custom', path: [], message: 'must not be larger than 1 MB' });
  }
}

const schemaVersion = z.literal(1, {
  error: 'must be 1, the only format version that this installation supports',
});

/** A whole flow as it is exported and imported. */
export const flowSchema = z
  .strictObject({
    schemaVersion,
    name: text(200).min(1, 'is required. Give the flow a name'),
    description: text(5000).default(''),
    variables: shape.variables.default([]),
    nodes: shape.nodes,
    edges: shape.edges,
    notes: shape.notes,
  })
  .superRefine(refine)
  .meta({ id: 'Flow' });

/** A flow with its defaults filled in. */
export type Flow = z.output<typeof flowSchema>;

/** A flow as a client writes it. */
export type FlowInput = z.input<typeof flowSchema>;

const flowFields = {
  name: text(200).min(1, 'is required. Give the flow a name'),
  description: text(5000),
  isPublic: z.boolean(),
  isTemplate: z.boolean(),
  schemaVersion,
  ...shape,
};

/** Body of POST /api/workflows: a new flow, empty where nothing else is said. */
export const createFlowSchema = z
  .strictObject({
    ...flowFields,
    description: flowFields.description.default(''),
    isPublic: flowFields.isPublic.default(false),
    isTemplate: flowFields.isTemplate.default(false),
    schemaVersion: flowFields.schemaVersion.default(1),
    nodes: shape.nodes.default([]),
    edges: shape.edges.default([]),
    variables: shape.variables.default([]),
  })
  .superRefine(refine);

/** What a flow that was read has besides, so that it can be written back as it is. */
const readOnly = {
  id: z.unknown().optional(),
  isOwn: z.unknown().optional(),
  createdAt: z.unknown().optional(),
  updatedAt: z.unknown().optional(),
};

/** Body of PUT /api/workflows/:id: the whole flow with the revision that it was read at. */
export const updateFlowSchema = z
  .strictObject({
    ...readOnly,
    ...flowFields,
    description: flowFields.description.default(''),
    isPublic: flowFields.isPublic.optional(),
    isTemplate: flowFields.isTemplate.optional(),
    schemaVersion: flowFields.schemaVersion.default(1),
    variables: shape.variables.default([]),
    revision: z.int32().min(1),
  })
  .superRefine(refine);
