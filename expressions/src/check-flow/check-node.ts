import type { FlowNode, NodeOf } from '@crmflow/contracts';
import { checkAi } from './check-ai.js';
import { checkIntegration } from './check-integration.js';
import { checkListen } from './check-listen.js';
import { checkLogic } from './check-logic.js';
import { fieldError, type Finding, required, templateFindings } from './fields.js';

function checkTrigger({ kind }: NodeOf<'trigger'>['data']): Finding[] {
  if (kind === 'manual' || kind === 'chat') return [];
  const message = `${kind} is not supported yet; use manual or chat`;
  return [fieldError('not_supported_yet', 'kind', message)];
}

function checkSpeak({ text }: NodeOf<'speak'>['data']): Finding[] {
  return [...required('text', text, 'write what shall be said'), ...templateFindings('text', text)];
}

/** What keeps one node from running, each finding naming the field. */
export function checkNode(node: FlowNode): Finding[] {
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
