import { type FlowProblem, flowSchema } from '@crmflow/contracts';
import {
  checkFlow,
  compileProblem,
  conditionProblem,
  createMeter,
  evaluate,
  FlowFault,
  renderText,
  templateProblems,
} from '@crmflow/expressions';
import type { EditedFlow } from '../model/record.js';
import type { CheckAnswer, CheckRequest, Source } from './messages.js';

function problemsOf(flow: EditedFlow): FlowProblem[] {
  const parsed = flowSchema.safeParse({ schemaVersion: 1, ...flow });
  if (parsed.success) return checkFlow(parsed.data);
  return parsed.error.issues.map(({ path, message }) => {
    const [list, index, ...field] = path;
    const node = list === 'nodes' && typeof index === 'number' ? flow.nodes[index] : undefined;
    const where = (node ? field : path).map(String).join('.');
    return {
      severity: 'error',
      code: 'invalid',
      message: `${where} ${message}`.trim(),
      ...(node && { nodeId: node.id }),
    };
  });
}

function faultsOf({ mode, text }: Source) {
  if (mode === 'template') return templateProblems(text);
  const problem = mode === 'condition' ? conditionProblem(text) : compileProblem(text);
  return problem ? [problem] : [];
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
      return { kind: 'flow', version: request.version, problems: problemsOf(request.flow) };
    case 'source':
      return { kind: 'source', id: request.id, faults: faultsOf(request) };
    case 'value':
      return { kind: 'value', id: request.id, ...valueOf(request) };
  }
}

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  self.postMessage(answerTo(data));
});
