import {
  because,
  type DataOf,
  type FlowIssue,
  type FlowNode,
  type Graph,
  isAnswerHeader,
  isKind,
  issueOf,
} from '@crmflow/contracts';
import { checkHeader, issueAt } from './fields.js';
import { reachableFrom, successors } from './successors.js';

function checkStatus(status: DataOf<'respond'>['status']): FlowIssue[] {
  if (typeof status === 'number' || status.includes('{{')) return [];
  return /^[2-5]\d\d$/.test(status.trim()) ? [] : [issueAt('status', because('status_invalid'))];
}

/** What keeps a node that answers from running. */
export function checkRespond({ status, headers }: DataOf<'respond'>): FlowIssue[] {
  const ofHeaders = Object.entries(headers).flatMap(([name, value]) =>
    isAnswerHeader(name)
      ? checkHeader(name, value)
      : [issueAt(`headers.${name}`, because('header_not_answered', { name }))],
  );
  return [...checkStatus(status), ...ofHeaders];
}

const answers = (node: FlowNode) => isKind(node, 'respond');

/** Answers that nobody gets: no webhook asked, or another node has answered before. */
export function checkAnswers({ nodes, edges }: Graph): FlowIssue[] {
  const responds = nodes.filter(answers);
  if (responds.length === 0) return [];
  const trigger = nodes.find(({ type }) => type === 'trigger');
  if (trigger?.type === 'trigger' && trigger.data.kind !== 'webhook') {
    return responds.map(({ id }) => issueOf(because('answer_unasked'), { nodeId: id }));
  }
  const next = successors(edges);
  const later = new Set<string>();
  for (const { id } of responds) {
    for (const reached of reachableFrom([...(next.get(id) ?? [])], next)) later.add(reached);
  }
  return responds
    .filter(({ id }) => later.has(id))
    .map(({ id }) => issueOf(because('answer_again'), { nodeId: id }));
}
