import { because, type FlowIssue, type FlowNode, type NodeOf } from '@crmflow/contracts';
import { checkAi } from './check-ai.js';
import { checkIntegration } from './check-integration.js';
import { checkListen } from './check-listen.js';
import { checkLogic } from './check-logic.js';
import { checkTemplate, issueAt, required } from './fields.js';

function checkTrigger({ kind }: NodeOf<'trigger'>['data']): FlowIssue[] {
  if (kind === 'manual' || kind === 'chat') return [];
  return [issueAt('kind', because('trigger_unavailable', { kind }))];
}

function checkSpeak({ text }: NodeOf<'speak'>['data']): FlowIssue[] {
  return [...required('text', text, because('message_missing')), ...checkTemplate('text', text)];
}

/** What keeps one node from running, each issue naming its field. */
export function checkNode(node: FlowNode): FlowIssue[] {
  switch (node.type) {
    case 'trigger':
      return checkTrigger(node.data);
    case 'speak':
      return checkSpeak(node.data);
    case 'listen':
      return checkListen(node.data);
    case 'ai':
      return checkAi(node.data);
    case 'logic':
      return checkLogic(node.data);
    case 'integration':
      return checkIntegration(node.data);
  }
}
