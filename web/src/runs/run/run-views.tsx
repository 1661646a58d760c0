import { texts } from '../runs-texts.js';
import { lazyPart, PartPlaceholder, type Placeholder } from '../../ui/lazy.js';
import { Notice } from '../../ui/notice.js';
import { Tabs } from '../../ui/tabs/tabs.js';
import type { RunCanvasProps } from '../canvas/run-canvas.js';
import type { RecoveredRun } from '../recovery/recovered-run.js';
import { type RunNavigation, runViews } from './run-place.js';
import { Timeline } from '../timeline/timeline.js';
import { Transcript } from '../../chat/transcript.js';

const Centered: Placeholder = (props) => (
  <div class="centered">
    <PartPlaceholder {...props} />
  </div>
);

const RunCanvas = lazyPart<RunCanvasProps>(async () => {
  const [module, { loadEditorTexts }] = await Promise.all([
    import('../canvas/run-canvas.js'),
    import('../../editor/editor-texts.js'),
  ]);
  await loadEditorTexts();
  return module.RunCanvas;
}, Centered);

type Props = { about: RecoveredRun; place: RunNavigation };

function OnCanvas({ about: { run, log, flow }, place }: Props) {
  const onNode = (nodeId: string | undefined) => place.go({ nodeId });
  return (
    <div class="run-split">
      <div class="run-stage">
        {flow.failure && !flow.flow && (
          <Notice>
            {texts.timeline.flowFailed}. {flow.failure}
          </Notice>
        )}
        {flow.flow && (
          <RunCanvas run={run} log={log} flow={flow.flow} nodeId={place.nodeId} onNode={onNode} />
        )}
      </div>
      <Timeline run={run} log={log} flow={flow} nodeId={place.nodeId} onNode={onNode} />
    </div>
  );
}

/** The ways to look at a run, and the one that was chosen. */
export function RunViews({ about, place }: Props) {
  const { run, log, flow } = about;
  return (
    <>
      <div class="run-tabs">
        <Tabs
          label={texts.timeline.views}
          tabs={runViews.map((id) => ({ id, label: texts.timeline[id] }))}
          current={place.view}
          onChange={(view) => place.go({ view })}
        />
      </div>
      <div class="run-view" role="tabpanel" aria-label={texts.timeline[place.view]}>
        {place.view === 'chat' && <Transcript run={run} />}
        {place.view === 'timeline' && (
          <Timeline
            run={run}
            log={log}
            flow={flow}
            nodeId={place.nodeId}
            onNode={(nodeId) => place.go({ nodeId })}
          />
        )}
        {place.view === 'canvas' && <OnCanvas about={about} place={place} />}
      </div>
    </>
  );
}
