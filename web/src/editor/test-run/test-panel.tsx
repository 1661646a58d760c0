import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { Idle } from './idle.js';
import { Running } from './running.js';
import type { TestSession } from './test-session.js';
import '../canvas/run-marks.css';
import './test-panel.css';

type Props = { flow: { id: string; session: TestSession; editor: Editor } };

/** A test run of the draft, beside the canvas that shows where it is. */
export function TestPanel({ flow: { id, session, editor } }: Props) {
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
