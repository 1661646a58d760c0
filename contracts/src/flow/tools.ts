import type { FlowNodeInput } from '../nodes/node.js';

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

/** From an ai node to an integration that its model may call: the ids of both, as an edge has them. */
export type ToolUse = {
  source: string;
  target: string;
  /** The names of the values that the model gives, which the request reads as variables. */
  parameters: string[];
};

/** The calls that the models of these nodes may make. */
export function toolUsesOf(nodes: readonly FlowNodeInput[]): ToolUse[] {
  return nodes.flatMap((node) => {
    if (node.type !== 'ai') return [];
    return (node.data.tools ?? []).flatMap((tool) =>
      tool.kind === 'integration' && tool.node
        ? [
            {
              source: node.id,
              target: tool.node,
              parameters: Object.keys(tool.parameters?.['properties'] ?? {}),
            },
          ]
        : [],
    );
  });
}
