import { because, type FlowIssue, type Graph, issueOf } from '@crmflow/contracts';

/** Tools of ai nodes that the flow does not have. */
export function checkTools({ nodes }: Graph): FlowIssue[] {
  const integrations = new Set(
    nodes.filter(({ type }) => type === 'integration').map(({ id }) => id),
  );
  return nodes.flatMap((node): FlowIssue[] => {
    if (node.type !== 'ai') return [];
    return (node.data.tools ?? []).flatMap((tool, index) => {
      if (tool.kind !== 'integration' || tool.node === '' || integrations.has(tool.node)) return [];
      const place = { field: `tools[${index}].node`, nodeId: node.id };
      return [issueOf(because('tool_integration_gone'), place)];
    });
  });
}
