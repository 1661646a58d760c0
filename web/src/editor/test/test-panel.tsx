import type { OpenFlow } from '../open-editor.js';
import { texts } from '../editor-texts.js';
import { Idle } from './idle.js';
import { Running } from './running.js';
import '../canvas/run-marks.css';
import './test-panel.css';

/** The flow as it is drawn, talking: beside the canvas, which shows where it is. */
export function TestPanel({ flow: { id, session, editor } }: { flow: OpenFlow }) {
  const { value: run } = session.run;
  return (
    <aside class="test-panel" aria-label={texts.test.title}>
      {run ? (
        <Running
          key={session.attached.value}
          run={run}
          session={session}
          labelOf={(nodeId) => editor.document.node(nodeId)?.label || nodeId}
        />
      ) : (
        <Idle session={session} workflowId={id} />
      )}
    </aside>
  );
}
