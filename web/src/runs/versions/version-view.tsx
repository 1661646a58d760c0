import type { VersionWithGraph, FlowResource } from '@crmflow/contracts';
import { signal, useSignal } from '@preact/signals';
import { Play, RotateCcw } from 'lucide';
import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { restoreVersion } from '../../api/versions.js';
import { saveFlow } from '../../api/flows.js';
import { countChanges } from '../../editor/generate/proposal.js';
import { FlowView } from '../../editor/rete/flow-view.js';
import { openSocket } from '../../realtime/socket.js';
import { startRun } from '../../chat/start-run.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../runs-texts.js';
import { compare, type Comparison } from './compare.js';
import '../../editor/canvas/change-marks.css';

const failed = (error: unknown) => toast(asApiError(error).message, { kind: 'failed' });

function Compared({ comparison }: { comparison: Comparison }) {
  const words = texts.versions;
  if (comparison.isSame) return <p class="small muted">{words.same}</p>;
  const { added, changed, removed } = countChanges(comparison);
  return (
    <ul class="version-changes small" aria-label={words.compared}>
      {added > 0 && <li class="added">{words.added(added)}</li>}
      {removed > 0 && <li class="removed">{words.removed(removed)}</li>}
      {changed > 0 && <li class="changed">{words.changed(changed)}</li>}
      {comparison.wires > 0 && <li>{words.wires(comparison.wires)}</li>}
      {comparison.hasOtherVariables && <li>{words.variables}</li>}
    </ul>
  );
}

type Props = {
  draft: FlowResource;
  version: VersionWithGraph;
  /** The draft has become another one. */
  onDraft: (draft: FlowResource) => void;
};

/** A version on a canvas, held against the draft, with what can be done with it. */
export function VersionView({ draft, version, onDraft }: Props) {
  const words = texts.versions;
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const comparison = useMemo(() => compare(draft, version), [draft, version]);
  const marks = useMemo(() => signal(comparison.changes), [comparison]);
  const { id } = draft;

  const restore = async () => {
    isBusy.value = true;
    try {
      const restored = await restoreVersion(id, version.number, draft.revision);
      onDraft(restored);
      const undo = () =>
        saveFlow(id, { ...draft, revision: restored.revision }).then((before) => {
          onDraft(before);
          toast(words.undone);
        }, failed);
      toast(words.restored(version.number), {
        action: { label: words.undo, run: () => void undo() },
      });
    } catch (error) {
      failed(error);
    }
    isBusy.value = false;
  };
  const run = async () => {
    isBusy.value = true;
    try {
      route(`/runs/${await startRun(openSocket(), id, { version: version.number })}`);
    } catch (error) {
      failed(error);
      isBusy.value = false;
    }
  };

  return (
    <section class="version-view" aria-label={words.number(version.number)}>
      <div class="version-bar">
        <Compared comparison={comparison} />
        {may('flow.change') && (
          <Button disabled={isBusy.value || comparison.isSame} onClick={() => void restore()}>
            <Icon of={RotateCcw} />
            {words.restore}
          </Button>
        )}
        {may('run.start') && (
          <Button kind="primary" disabled={isBusy.value} onClick={() => void run()}>
            <Icon of={Play} />
            {words.run}
          </Button>
        )}
      </div>
      <FlowView flow={comparison.shown} marks={marks} />
    </section>
  );
}
