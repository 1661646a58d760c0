import {
  awaitsSomebody,
  because,
  type DataOf,
  type FlowIssue,
  type FlowNode,
  type FlowNodeInput,
  type Graph,
  isKind,
  issueOf,
  type Reason,
} from '@crmflow/contracts';
import type { Ask } from '../ask.js';

type Target = Pick<DataOf<'flow'>, 'workflowId' | 'version'>;

/** A flow with the version of it that is asked for. */
type Called = { name: string; version: number | null; nodes: FlowNodeInput[] | null };

async function readCalled(
  ask: Ask,
  workspaceId: string,
  { workflowId, version }: Target,
): Promise<Called | undefined> {
  const [called] = await ask<Called>(
    `SELECT w.name, v.number AS version, v.graph->'nodes' AS nodes
       FROM "Workflow" w
       LEFT JOIN LATERAL (
         SELECT number, graph FROM "WorkflowVersion"
          WHERE "workflowId" = w.id AND number IS NOT NULL AND number = coalesce($3::int, number)
          ORDER BY number DESC LIMIT 1) v ON true
      WHERE w.id = $1 AND w."workspaceId" = $2`,
    [workflowId, workspaceId, version === 'latest' ? null : version],
  );
  return called;
}

function whyNot({ version }: Target, called: Called | undefined, isInChat: boolean): Reason | null {
  if (!called) return because('flow_gone');
  const { name } = called;
  if (called.version === null) {
    return version === 'latest'
      ? because('flow_unpublished', { name })
      : because('flow_version_gone', { name, version });
  }
  const waiting = called.nodes?.find(awaitsSomebody);
  if (!waiting) return null;
  const where = { name, label: waiting.label };
  return isInChat ? because('flow_listens', where) : because('flow_unheard', where);
}

const targetOf = (node: FlowNode): Target | null =>
  isKind(node, 'flow') && node.data.workflowId !== '' ? node.data : null;

/**
 * What keeps the flows that a flow runs from running, as they are now: they may change later, and the
 * run finds out again. A flow may run itself before it was published.
 * @param flow.id its own
 */
export async function checkCalledFlows(
  ask: Ask,
  workspaceId: string,
  { id, nodes }: Pick<Graph, 'nodes'> & { id: string },
): Promise<FlowIssue[]> {
  const isInChat = nodes.some((node) => isKind(node, 'trigger') && node.data.kind === 'chat');
  const known = new Map<string, Reason | null>();
  const issues: FlowIssue[] = [];
  for (const node of nodes) {
    const target = targetOf(node);
    if (!target || (target.workflowId === id && target.version === 'latest')) continue;
    const key = JSON.stringify([target.workflowId, target.version]);
    // One at a time, as a flow can be large.
    if (!known.has(key)) {
      known.set(key, whyNot(target, await readCalled(ask, workspaceId, target), isInChat));
    }
    const why = known.get(key);
    const field = why?.reason === 'flow_version_gone' ? 'version' : 'workflowId';
    if (why) issues.push(issueOf(why, { nodeId: node.id, field }));
  }
  return issues;
}
