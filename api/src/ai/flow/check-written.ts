import {
  type FieldError,
  fieldErrors,
  type Flow,
  type FlowInput,
  flowSchema,
  issueError,
  type JsonObject,
  withMessage,
  type WrittenIssue,
} from '@crmflow/contracts';
import { checkFlow } from '@crmflow/expressions';

/** A flow that can run, with what is probably not meant; or why it cannot. */
export type Checked =
  | { ok: true; flow: FlowInput; whole: Flow; problems: WrittenIssue[] }
  | { ok: false; faults: FieldError[] };

const most = 40;

/** Checks a flow as publishing it would. */
export function checkWritten(written: JsonObject): Checked {
  const parsed = flowSchema.safeParse(written);
  if (!parsed.success) return { ok: false, faults: fieldErrors(parsed.error).slice(0, most) };
  const issues = checkFlow(parsed.data);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) {
    const flow = written as unknown as FlowInput;
    return { ok: true, flow, whole: parsed.data, problems: issues.map(withMessage) };
  }
  const faults = errors.map((issue) =>
    issueError(issue, issue.nodeId === undefined ? 'flow' : `node "${issue.nodeId}"`),
  );
  return { ok: false, faults: faults.slice(0, most) };
}
