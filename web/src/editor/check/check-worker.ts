import { type FlowIssue, flowSchema, formatPath, formatReason, issueOf } from '@crmflow/contracts';
import { createHostRule } from '@crmflow/contracts/egress';
import {
  checkFlow,
  compileIssue,
  conditionIssue,
  createMeter,
  evaluate,
  FlowFault,
  renderText,
  templateIssues,
} from '@crmflow/expressions';
import type { EditedFlow } from '../model/record.js';
import type { CheckAnswer, CheckRequest, Source } from './messages.js';

const hostRule = createHostRule();

function issuesOfFlow(flow: EditedFlow): FlowIssue[] {
  const parsed = flowSchema.safeParse({ schemaVersion: 1, ...flow });
  if (parsed.success) return checkFlow(parsed.data, { hostRule });
  return parsed.error.issues.map((issue) => {
    const { path } = issue;
    const [list, index, ...field] = path;
    const node = list === 'nodes' && typeof index === 'number' ? flow.nodes[index] : undefined;
    const inNode = field[0] === 'data' ? field.slice(1) : field;
    return issueOf(formatReason(issue), {
      field: formatPath(node ? inNode : path),
      ...(node && { nodeId: node.id }),
    });
  });
}

function issuesOfSource({ mode, text }: Source) {
  if (mode === 'template') return templateIssues(text);
  const issue = mode === 'condition' ? conditionIssue(text) : compileIssue(text);
  return issue ? [issue] : [];
}

function valueOf({ mode, text, scope }: Source & Pick<CheckRequest & { kind: 'value' }, 'scope'>) {
  const metered = { ...scope, meter: createMeter() };
  try {
    return { value: mode === 'template' ? renderText(text, metered) : evaluate(text, metered) };
  } catch (error) {
    if (error instanceof FlowFault) return {};
    throw error;
  }
}

function answerTo(request: CheckRequest): CheckAnswer {
  switch (request.kind) {
    case 'flow':
      return { kind: 'flow', version: request.version, issues: issuesOfFlow(request.flow) };
    case 'source':
      return { kind: 'source', id: request.id, issues: issuesOfSource(request) };
    case 'value':
      return { kind: 'value', id: request.id, ...valueOf(request) };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  self.postMessage(answerTo(data));
});
