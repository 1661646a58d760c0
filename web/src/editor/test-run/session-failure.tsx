import { Faults } from '../../ui/faults.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import type { TestSession } from './test-session.js';

/** Why a run was not started, or not retried. */
export function SessionFailure({ session }: { session: TestSession }) {
  const { value: failure } = session.failure;
  if (!failure) return null;
  return (
    <Notice>
      {failure.code === 'flow_invalid' ? texts.test.cannotRun : failure.message}
      <Faults errors={failure.errors} />
    </Notice>
  );
}
