import { type FlowNode, type FlowVariable, handlesOf, isKind } from '@crmflow/contracts';
import { type Db, keepProgram } from '@crmflow/db';
import { compileProgram } from '@crmflow/workflows';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { asFlow, type FlowGraph } from '../flows/flow-graph.js';
import { readable, requireRunnable } from '../flows/require-runnable.js';

/** What starting a run needs to know of the program of a version. */
export type ProgramFacts = {
  nodeIds: ReadonlySet<string>;
  variables: FlowVariable[];
  /** Whether it says something before it waits for a reply. */
  greets: boolean;
  /** The nodes that run other flows, of which more has to be known. */
  flowNodes: FlowNode[];
};

/** The programs of versions: what their runs execute, which workers read by the version's id. */
export type Programs = {
  /**
   * Sees to it that a version has a program, so that runs of it can be started.
   * @throws AppError `flow_invalid` with what keeps the flow from running
   */
  prepare(versionId: string): Promise<ProgramFacts>;
};

/** Versions never change, so what is known of them stays true: it is only bounded. */
const mostFacts = 20_000_000;
const sizeOf = ({ nodeIds, variables, flowNodes }: ProgramFacts) =>
  200 + nodeIds.size * 150 + JSON.stringify([variables, flowNodes]).length * 2;

/**
 * Whether a flow speaks first, as far as its drawing tells: what a branch decides, or a service answers,
 * is taken to go the first way.
 */
function greets({ nodes, edges }: Pick<FlowGraph, 'nodes' | 'edges'>): boolean {
  const seen = new Set<string>();
  let node = nodes.find(({ type }) => type === 'trigger');
  while (node && !seen.has(node.id)) {
    seen.add(node.id);
    if (node.type === 'speak') return true;
    if (node.type === 'ai' && node.data.output !== 'variable') return true;
    if (node.type === 'listen') return false;
    const { id } = node;
    const [handle] = handlesOf(node);
    const next = edges.find(({ source, sourceHandle }) => source === id && sourceHandle === handle);
    node = nodes.find((one) => one.id === next?.target);
  }
  return false;
}

/** Checks and compiles each version once in each process. */
export function createPrograms({ db, pool }: { db: Db; pool: Pool }): Programs {
  const prepare = async (versionId: string): Promise<ProgramFacts> => {
    const { graph } = await db.workflowVersion.findUniqueOrThrow({
      where: { id: versionId },
      select: { graph: true },
    });
    // Runs do not use the name.
    const flow = asFlow('Program', graph as unknown as FlowGraph);
    const program = readable(() => compileProgram(flow));
    requireRunnable(program.graph);
    await keepProgram(pool, versionId, program);
    return {
      nodeIds: new Set(program.graph.nodes.map(({ id }) => id)),
      variables: program.variables,
      greets: greets(program.graph),
      flowNodes: program.graph.nodes.filter((node) => isKind(node, 'flow')),
    };
  };
  const known = new LRUCache<string, ProgramFacts>({
    maxSize: mostFacts,
    sizeCalculation: sizeOf,
    fetchMethod: prepare,
  });
  return { prepare: (versionId) => known.forceFetch(versionId) };
}
