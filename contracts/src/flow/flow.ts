import { z } from 'zod';
import { because, type Reason } from '../issues/issue.js';
import { type Json, jsonBytes, jsonValueSchema } from '../json.js';
import { limits } from '../limits.js';
import { idSchema, text, variableNameSchema } from '../fields/identifiers.js';
import { handlesOf } from '../nodes/of-node.js';
import { nodeSchema } from '../nodes/node.js';
import { flowTestsSchema } from './flow-tests.js';
import { type FlowNote, notesSchema } from './note.js';

/** An edge from a handle of one node to another node. */
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
      .refine((value) => jsonBytes(value) <= limits.valueBytes, {
        error: 'must not be larger than 64 kB',
        params: because('value_too_large', { limit: limits.valueBytes / 1000 }),
      })
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

/** Nodes and edges only: what `graphFaults` looks at and what a run executes. */
export type Graph = { nodes: z.output<typeof nodeSchema>[]; edges: Edge[] };

/** An edge of a flow. */
export type Edge = z.output<typeof edgeSchema>;

/** A variable of a flow. */
export type FlowVariable = z.output<typeof variableSchema>;

/** The items that were there before, each with its index. */
function* repeated(items: readonly string[]): Generator<[number, string]> {
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (seen.has(item)) yield [index, item];
    seen.add(item);
  }
}

/** What is wrong with a graph, and the JSON path of what has it. */
export type GraphFault = { path: (string | number)[]; why: Reason };

function* edgeFaults(graph: Graph): Generator<GraphFault> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const [index, edge] of graph.edges.entries()) {
    const path = ['edges', index];
    const source = nodes.get(edge.source);
    if (!source) {
      const why = because('edge_source_unknown', { id: edge.source });
      yield { path: [...path, 'source'], why };
    } else if (!handlesOf(source).includes(edge.sourceHandle)) {
      const known = handlesOf(source).join(', ');
      const params = { handle: edge.sourceHandle, node: source.id, known };
      yield { path: [...path, 'sourceHandle'], why: because('edge_handle_unknown', params) };
    }
    if (!nodes.has(edge.target)) {
      const why = because('edge_target_unknown', { id: edge.target });
      yield { path: [...path, 'target'], why };
    }
  }
}

/** What makes a graph meaningless although each part has its shape, each fault with its path. */
export function* graphFaults(graph: Graph): Generator<GraphFault> {
  for (const [index, id] of repeated(graph.nodes.map((node) => node.id))) {
    yield { path: ['nodes', index, 'id'], why: because('node_id_duplicate', { id }) };
  }
  for (const [index, id] of repeated(graph.edges.map((edge) => edge.id))) {
    yield { path: ['edges', index, 'id'], why: because('edge_id_duplicate', { id }) };
  }
  const starts = graph.edges.map((edge) => JSON.stringify([edge.source, edge.sourceHandle]));
  for (const [index] of repeated(starts)) {
    const { source: node = '', sourceHandle: handle = '' } = graph.edges[index] ?? {};
    const why = because('handle_used_twice', { handle, node });
    yield { path: ['edges', index, 'sourceHandle'], why };
  }
  for (const [index, node] of graph.nodes.entries()) {
    if (node.type !== 'logic' || node.data.kind !== 'branch') continue;
    for (const [at, name] of repeated(node.data.cases.map((one) => one.handle))) {
      const path = ['nodes', index, 'data', 'cases', at, 'handle'];
      yield { path, why: because('branch_name_duplicate', { name }) };
    }
  }
  yield* edgeFaults(graph);
}

function* variableFaults(variables: readonly FlowVariable[]): Generator<GraphFault> {
  for (const [index, name] of repeated(variables.map((variable) => variable.name))) {
    yield { path: ['variables', index, 'name'], why: because('variable_duplicate', { name }) };
  }
  const bytes = variables.reduce((sum, one) => sum + jsonBytes(one.default ?? null), 0);
  if (bytes > limits.variablesBytes) {
    const why = because('variables_too_large', { limit: limits.variablesBytes / 1000 });
    yield { path: ['variables'], why };
  }
}

function* noteFaults(notes: readonly FlowNote[]): Generator<GraphFault> {
  for (const [index, id] of repeated(notes.map((note) => note.id))) {
    yield { path: ['notes', index, 'id'], why: because('note_id_duplicate', { id }) };
  }
}

type Checked = Graph & {
  variables?: FlowVariable[] | undefined;
  notes?: FlowNote[] | undefined;
  tests?: unknown;
};

/** @param flow its tests have a limit of their own */
function refine({ tests: _tests, ...flow }: Checked, context: z.core.$RefinementCtx): void {
  const faults = [
    ...graphFaults(flow),
    ...variableFaults(flow.variables ?? []),
    ...noteFaults(flow.notes ?? []),
  ];
  if (jsonBytes(flow as unknown as Json) > limits.flowBytes) {
    faults.push({ path: [], why: because('flow_too_large', { limit: limits.flowBytes / 1000 }) });
  }
  // The sentence is made of the reason where it is needed: see `fieldErrors`.
  for (const { path, why } of faults) {
    context.addIssue({ code: 'custom', path, message: why.reason, params: why });
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
    tests: flowTestsSchema,
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
    tests: flowTestsSchema,
  })
  .superRefine(refine);

/** What a flow that was read has besides, so that it can be written back as it is. */
const readOnly = {
  id: z.unknown().optional(),
  isOwn: z.unknown().optional(),
  workspaceId: z.unknown().optional(),
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
    tests: flowTestsSchema.describe(
      'Replace all tests of the flow. Absent: they stay as they are.',
    ),
    revision: z.int32().min(1),
  })
  .superRefine(refine);

/** Body of POST /api/workflows/:id/validate: a graph to check in place of the saved draft. */
export const checkFlowSchema = z
  .strictObject({
    nodes: shape.nodes.optional(),
    edges: shape.edges.default([]),
    variables: shape.variables.default([]),
  })
  .superRefine(({ nodes = [], ...flow }, context) => refine({ nodes, ...flow }, context));
