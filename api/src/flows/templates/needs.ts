import type { FlowInput, FlowNodeInput, Template } from '@crmflow/contracts';

type Need = Template['needs'][number];

function needsOf({ type, data }: FlowNodeInput): Need[] {
  if (type === 'integration') return ['service'];
  if (type === 'speak') return data.mode === 'ai' ? ['model'] : [];
  if (type !== 'ai') return [];
  const looksUp =
    data.useKnowledge ||
    data.fallback?.kind === 'passage' ||
    data.tools?.some(({ kind }) => kind === 'knowledge');
  return looksUp ? ['model', 'knowledge'] : ['model'];
}

/** What a flow uses besides itself. */
export function needsOfFlow({ nodes }: Pick<FlowInput, 'nodes'>): Need[] {
  return [...new Set(nodes.flatMap(needsOf))].sort();
}
