import type { FlowProblem, Graph } from '@crmflow/contracts';

/** Tools of ai nodes that the flow does not have. */
export function checkTools({ nodes }: Graph): FlowProblem[] {
  const integrations = new Set(
    nodes.filter(({ type }) => type === 'integration').map(({ id }) => id),
  );
  return nodes.flatMap((node): FlowProblem[] => {
    if (node.type !== 'ai') return [];
    return (node.data.tools ?? []).flatMap((tool, index) => {
      if (tool.kind !== 'integration' || tool.node === '' || integrations.has(tool.node)) return [];
      const message = `tools[${index}].node: "${tool.node}" is no integration node of this flow; choose another`;
      return [{ severity: 'error', code: 'tool_missing', message, nodeId: node.id }];
    });
  });
}
