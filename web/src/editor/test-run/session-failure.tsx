import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import { NodeFaults, type NodeOf } from '../issues/node-faults.js';
import type { TestSession } from './test-session.js';

/** Why a run was not started, or not retried. */
export function SessionFailure({ session, nodeOf }: { session: TestSession; nodeOf: NodeOf }) {
  const { value: failure } = session.failure;
  if (!failure) return null;
  return (
    <Notice>
      {failure.code === 'flow_invalid' ? texts.test.cannotRun : failure.message}
      <NodeFaults errors={failure.errors} nodeOf={nodeOf} />
    </Notice>
  );
}
