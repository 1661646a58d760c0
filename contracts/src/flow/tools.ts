import type { FlowNodeInput } from './node.js';

/**
 * A node whose model calls other integrations in place of those that it called; any other node as
 * it is.
 * @param other the id of the integration to call, by the id of the one that was
 */
export function withTools(node: FlowNodeInput, other: (id: string) => string): FlowNodeInput {
  if (node.type !== 'ai' || !node.data.tools) return node;
  const tools = node.data.tools.map((tool) =>
    tool.kind === 'integration' && tool.node ? { ...tool, node: other(tool.node) } : tool,
  );
  return { ...node, data: { ...node.data, tools } };
}

/** That the model of an ai node may call an integration: the ids of both. */
export type ToolUse = { caller: string; called: string };

/** The calls that the models of these nodes may make. */
export function toolUsesOf(nodes: readonly FlowNodeInput[]): ToolUse[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'ai') return [];
    return (node.data.tools ?? []).flatMap((tool) =>
      tool.kind === 'integration' && tool.node ? [{ caller: node.id, called: tool.node }] : [],
    );
  });
}
