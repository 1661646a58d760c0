import { useEffect } from 'preact/hooks';
import { retryRun } from '../../api/runs.js';
import { texts } from '../runs-texts.js';
import { SelectField } from '../../ui/field/select-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { reachedNodes } from './reached-nodes.js';
import type { RecoveredRun } from './recovered-run.js';

/** Asks from which node a failed run is to go on. */
export function RetryDialog({
  about: { run, log, flow },
  onRetried,
  onClose,
}: {
  about: RecoveredRun;
  onRetried: () => void;
  onClose: () => void;
}) {
  useEffect(() => void log.earlier.all(), [log]);
  const failed = run.state.value?.progress.error?.nodeId;
  const options = reachedNodes(log.events.value).map((id) => ({
    value: id,
    label: id === failed ? `${flow.labelOf(id)} (${texts.recovery.failedHere})` : flow.labelOf(id),
  }));
  return (
    <SubmitDialog
      title={texts.recovery.retry.title}
      text={texts.recovery.retry.text}
      submit={texts.recovery.retry.label}
      onClose={onClose}
      onSubmit={async (data) => {
        await retryRun(run.runId, { nodeId: textOf(data, 'nodeId') });
        onRetried();
      }}
    >
      {(faults) => (
        <SelectField
          name="nodeId"
          label={texts.recovery.node}
          options={options}
          {...(failed !== undefined && { defaultValue: failed })}
          fault={faults['nodeId']}
        />
      )}
    </SubmitDialog>
  );
}
