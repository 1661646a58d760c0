import type { Finding } from '@crmflow/contracts';
import { Crosshair, FlaskConical, SearchCheck } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { kindOfStep, valueOfStep } from './step-kinds.js';
import type { Suite } from './suite.js';

type Props = {
  suite: Suite;
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
};

/** How a run gets to where something is wrong, in a line a step. */
function Way({ finding: { inputs } }: { finding: Finding }) {
  const words = texts.tests;
  if (!inputs || inputs.steps.length === 0) return null;
  return (
    <details>
      <summary class="small">{words.weakSpots.way}</summary>
      <ol class="test-way small">
        {inputs.steps.map((step, index) => (
          <li key={index}>
            {words.kinds[kindOfStep(step)]} {valueOfStep(step)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** Where a flow is weak, as a search for it finds, each with the way there. */
export function WeakSpots({ suite, onShow, labelOf }: Props) {
  const words = texts.tests.weakSpots;
  const { value: exploration } = suite.exploration;
  const make = ({ kind, nodeId, inputs }: Finding) => {
    if (!inputs) return;
    const name = words.testName(words.kinds[kind], labelOf(nodeId)).slice(0, 200);
    void suite.add({ name, gate: false, ai: 'mock', assert: {}, ...inputs });
  };
  return (
    <>
      <p class="small muted">{words.explain}</p>
      <div>
        <Button
          kind="primary"
          size="small"
          busy={suite.busy.value === 'explore'}
          onClick={() => void suite.explore()}
        >
          {suite.busy.value !== 'explore' && <Icon of={SearchCheck} size={16} />}
          {exploration ? words.again : words.find}
        </Button>
      </div>
      <div class="small muted" role="status">
        {exploration && (
          <>
            <p>{words.states(exploration.states.toLocaleString())}</p>
            {exploration.findings.length === 0 && <p>{words.none}</p>}
            {!exploration.isComplete && <p>{words.incomplete}</p>}
          </>
        )}
      </div>
      <ul class="weak-spots">
        {exploration?.findings.map((finding, index) => (
          <li key={index}>
            <strong>
              {words.kinds[finding.kind]} <span class="muted">{labelOf(finding.nodeId)}</span>
            </strong>
            <p class="small">{finding.message}</p>
            <Way finding={finding} />
            <div class="test-adds">
              <Button size="small" onClick={() => onShow(finding.nodeId)}>
                <Icon of={Crosshair} size={16} />
                {texts.tests.show}
              </Button>
              {finding.inputs && (
                <Button size="small" onClick={() => make(finding)}>
                  <Icon of={FlaskConical} size={16} />
                  {words.make}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
