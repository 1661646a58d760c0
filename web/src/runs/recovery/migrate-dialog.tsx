import { migrateRun } from '../../api/runs.js';
import { texts } from '../runs-texts.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { SelectField } from '../../ui/field/select-field.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import type { RecoveredRun } from './recovered-run.js';
import { useVersions } from './use-versions.js';

/** Asks to which version a waiting run is to move. */
export function MigrateDialog({
  about: { run, flowId, version },
  onMigrated,
  onClose,
}: {
  about: RecoveredRun;
  onMigrated: (version: number) => void;
  onClose: () => void;
}) {
  const { title, text, submit, none } = texts.recovery.migrate;
  const versions = useVersions(flowId);
  const others = versions?.filter(({ number }) => number !== version);
  if (others?.length === 0) {
    return (
      <Dialog title={title} text={none} size="small" onClose={onClose}>
        <div class="actions">
          <Button onClick={onClose}>{shared.close}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <SubmitDialog
      title={title}
      text={text}
      submit={submit}
      onClose={onClose}
      onSubmit={async (data) => {
        const number = Number(data.get('version'));
        await migrateRun(run.runId, number);
        onMigrated(number);
      }}
    >
      {(faults) => (
        <SelectField
          name="version"
          label={texts.recovery.migrate.version}
          options={(others ?? []).map(({ number }) => ({
            value: String(number),
            label: texts.list.number(number),
          }))}
          fault={faults['version']}
        />
      )}
    </SubmitDialog>
  );
}
