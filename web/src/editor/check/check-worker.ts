import { type FlowProblem, flowSchema } from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';
import type { EditedFlow } from '../model/record.js';

/** What is asked: a flow, and a number by which the answer is known. */
export type CheckRequest = { version: number; flow: EditedFlow };

/** All that is wrong with the flow of that version. */
export type CheckAnswer = { version: number; problems: FlowProblem[] };

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

self.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  const answer: CheckAnswer = { version: data.version, problems: problemsOf(data.flow) };
  self.postMessage(answer);
});
