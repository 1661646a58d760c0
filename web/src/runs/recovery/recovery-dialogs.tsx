import type { Signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { texts } from '../runs-texts.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { toast } from '../../ui/toast/toast.js';
import { ForkDialog } from './fork-dialog.js';
import { MigrateDialog } from './migrate-dialog.js';
import type { RecoveredRun, RecoveryQuestion } from './recovered-run.js';
import { RetryDialog } from './retry-dialog.js';

/** What the open question is about, and what is to happen after it. */
export type RecoveryDialogsProps = {
  about: RecoveredRun;
  question: Signal<RecoveryQuestion | undefined>;
  /** The node that is looked at. */
  nodeId: string | undefined;
  onRetried: () => void;
};

/** The question that is open, where one is. */
export function RecoveryDialogs({ about, question, nodeId, onRetried }: RecoveryDialogsProps) {
  const { route } = useLocation();
  const onClose = () => (question.value = undefined);
  switch (question.value) {
    case undefined:
      return null;
    case 'cancel':
      return (
        <ConfirmDialog
          title={texts.recovery.cancel.title}
          text={texts.recovery.cancel.text}
          confirm={texts.recovery.cancel.confirm}
          onClose={onClose}
          onConfirm={async () => {
            const refusal = await about.run.cancel();
            if (refusal !== undefined) throw new Error(refusal);
          }}
        />
      );
    case 'retry':
      return <RetryDialog about={about} onRetried={onRetried} onClose={onClose} />;
    case 'fork':
      return (
        <ForkDialog
          about={about}
          nodeId={nodeId}
          onClose={onClose}
          onForked={(runId) => {
            route(`/runs/${runId}`);
            toast(texts.recovery.fork.done);
          }}
        />
      );
    case 'migrate':
      return (
        <MigrateDialog
          about={about}
          onClose={onClose}
          onMigrated={(version) => toast(texts.recovery.migrate.done(version))}
        />
      );
  }
}
