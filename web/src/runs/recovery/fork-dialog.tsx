import type { RunVersion } from '@crmflow/contracts';
import { useEffect } from 'preact/hooks';
import { forkRun } from '../../api/runs.js';
import { texts } from '../runs-texts.js';
import { CheckField } from '../../ui/field/check-field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { newId } from '../../new-id.js';
import { reachedNodes } from './reached-nodes.js';
import type { RecoveredRun } from './recovered-run.js';
import { useVersions } from './use-versions.js';

const words = (version: RunVersion) =>
  version === 'draft' ? texts.list.draft : texts.list.number(version);

/** The versions that a fork may go on by; the run's own one is named by an empty value. */
function choices(own: RunVersion, numbers: readonly number[]) {
  const others: RunVersion[] = [...numbers.filter((number) => number !== own), 'draft'];
  return [
    { value: '', label: texts.recovery.fork.sameVersion(words(own)) },
    ...others.map((version) => ({ value: String(version), label: words(version) })),
  ];
}

function readVersion(value: FormDataEntryValue | null): { version?: RunVersion } {
  if (!value) return {};
  return { version: value === 'draft' ? 'draft' : Number(value) };
}

/** Asks from which node, and on which version, a new run is to begin. */
export function ForkDialog({
  about: { run, log, flow, flowId, version },
  nodeId,
  onForked,
  onClose,
}: {
  about: RecoveredRun;
  /** The node that is offered first. */
  nodeId: string | undefined;
  onForked: (runId: string) => void;
  onClose: () => void;
}) {
  useEffect(() => void log.earlier.all(), [log]);
  const versions = useVersions(flowId) ?? [];
  const nodes = reachedNodes(log.events.value);
  const numbers = versions.map(({ number }) => number);
  return (
    <SubmitDialog
      title={texts.recovery.fork.title}
      text={texts.recovery.fork.text}
      submit={texts.recovery.fork.submit}
      onClose={onClose}
      onSubmit={async (data) => {
        const forked = await forkRun(run.runId, {
          nodeId: textOf(data, 'nodeId'),
          ...readVersion(data.get('version')),
          repeatMessages: data.has('repeat'),
          mode: data.has('step') ? 'step' : 'auto',
          requestId: newId(),
        });
        onForked(forked.runId);
      }}
    >
      {(faults) => (
        <>
          <SelectField
            name="nodeId"
            label={texts.recovery.node}
            options={nodes.map((id) => ({ value: id, label: flow.labelOf(id) }))}
            {...(nodeId !== undefined && { defaultValue: nodeId })}
            fault={faults['nodeId']}
          />
          <SelectField
            name="version"
            label={texts.recovery.fork.version}
            options={choices(version, numbers)}
            fault={faults['version']}
          />
          <CheckField name="repeat" label={texts.recovery.fork.repeat} />
          <CheckField name="step" label={texts.recovery.fork.step} />
        </>
      )}
    </SubmitDialog>
  );
}
