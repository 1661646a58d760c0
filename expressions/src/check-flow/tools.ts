import { because, type FlowIssue, type Graph, issueOf, isTool } from '@crmflow/contracts';

/** Tools of ai nodes that the flow does not have, or that no model may call. */
export function checkTools({ nodes }: Graph): FlowIssue[] {
  const callable = new Set(nodes.filter(isTool).map(({ id }) => id));
  return nodes.flatMap((node): FlowIssue[] => {
    if (node.type !== 'ai') return [];
    return (node.data.tools ?? []).flatMap((tool, index) => {
      if (tool.kind !== 'integration' || tool.node === '' || callable.has(tool.node)) return [];
      const place = { field: `tools[${index}].node`, nodeId: node.id };
      return [issueOf(because('tool_integration_gone'), place)];
    });
  });
}
