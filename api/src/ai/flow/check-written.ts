import {
  type FieldError,
  fieldErrors,
  type Flow,
  type FlowInput,
  type FlowProblem,
  flowSchema,
  type JsonObject,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';

/** A flow that can run, with what is probably not meant; or why it cannot. */
export type Checked =
  | { ok: true; flow: FlowInput; whole: Flow; problems: FlowProblem[] }
  | { ok: false; faults: FieldError[] };

const most = 40;

/** Checks a flow as publishing it would. */
export function checkWritten(written: JsonObject): Checked {
  const parsed = flowSchema.safeParse(written);
  if (!parsed.success) return { ok: false, faults: fieldErrors(parsed.error).slice(0, most) };
  const problems = checkFlow(parsed.data);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) {
    return { ok: true, flow: written as unknown as FlowInput, whole: parsed.data, problems };
  }
  const faults = errors.map(({ message, nodeId, edgeId }) => ({
    path: nodeId === undefined ? 'flow' : `node "${nodeId}"`,
    message,
    ...(nodeId !== undefined && { nodeId }),
    ...(edgeId !== undefined && { edgeId }),
  }));
  return { ok: false, faults: faults.slice(0, most) };
}
