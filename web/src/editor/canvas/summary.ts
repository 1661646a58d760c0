import type { FlowNodeInput } from '@crmflow/contracts';
import { texts } from '../editor-texts.js';

/** What a node does, in a line for its card; empty where nothing is written yet. */
export function summaryOf(node: FlowNodeInput): string {
  switch (node.type) {
    case 'trigger':
      return texts.trigger[node.data.kind ?? 'manual'];
    case 'speak':
      return node.data.text ?? '';
    case 'listen':
      return node.data.variable
        ? `${texts.expect[node.data.expect ?? 'any']} → ${node.data.variable}`
        : texts.expect[node.data.expect ?? 'any'];
    case 'ai':
      return node.data.converse?.goal ?? node.data.prompt ?? '';
    case 'integration':
      return node.data.url ? `${node.data.method ?? 'GET'} ${node.data.url}` : '';
    case 'logic':
      return logicSummary(node.data);
  }
}

type LogicData = Extract<FlowNodeInput, { type: 'logic' }>['data'];

function logicSummary(data: LogicData): string {
  switch (data.kind) {
    case 'branch':
      return texts.logic.branch((data.cases ?? []).length);
    case 'set':
      return (data.assign ?? []).map(({ name }) => name).join(', ');
    case 'wait':
      return data.duration || data.until || '';
    default:
      return '';
  }
}
