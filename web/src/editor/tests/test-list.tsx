import type { FlowTest, NewTest, TestResult } from '@crmflow/contracts';
import { Circle, CircleCheck, CircleX, FlaskConical, Play, Plus, ShieldCheck } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { shareOf } from './share-of.js';
import type { Suite } from './suite.js';

/** A test with nothing in it. */
const blank = (name: string): NewTest => ({
  name,
  gate: false,
  start: {},
  steps: [],
  mocks: [],
  ai: 'mock',
  assert: {},
});

function Sign({ result }: { result: TestResult | undefined }) {
  const words = texts.tests;
  const [icon, look, label] = !result
    ? [Circle, 'open', words.notRun]
    : result.passed
      ? [CircleCheck, 'passed', words.passed]
      : [CircleX, 'failed', words.failed];
  return (
    <span class={`test-sign ${look}`} role="img" aria-label={label} title={label}>
      <Icon of={icon} size={16} />
    </span>
  );
}

function Row({ suite, test }: { suite: Suite; test: FlowTest }) {
  const words = texts.tests;
  const result = suite.results.value.get(test.id);
  const failure = result?.failures[0];
  return (
    <li>
      <button
        type="button"
        aria-label={words.open(test.name)}
        onClick={() => (suite.opened.value = test.id)}
      >
        <Sign result={result} />
        <span class="test-name">{test.name}</span>
        {test.gate && (
          <span class="test-gate" role="img" aria-label={words.gate} title={words.gate}>
            <Icon of={ShieldCheck} size={16} />
          </span>
        )}
        {failure && (
          <span class="test-why small">
            {failure.expected} <span aria-hidden="true">≠</span> {failure.got}
          </span>
        )}
      </button>
    </li>
  );
}

/** All tests of a flow with how they went, and what they reach. */
export function TestList({ suite }: { suite: Suite }) {
  const words = texts.tests;
  const tests = suite.tests.value ?? [];
  const coverage = suite.coverage.value;
  const passed = tests.filter(({ id }) => suite.results.value.get(id)?.passed).length;
  const hasRun = tests.some(({ id }) => suite.results.value.has(id));
  const create = () => void suite.add(blank(words.newName));
  if (tests.length === 0) {
    return (
      <section class="empty in-section">
        <Icon of={FlaskConical} />
        <h2>{words.none}</h2>
        <p class="small muted">{words.noneText}</p>
        <Button kind="primary" onClick={create}>
          <Icon of={Plus} size={16} />
          {words.create}
        </Button>
      </section>
    );
  }
  return (
    <>
      <div class="test-adds">
        <Button
          kind="primary"
          size="small"
          busy={suite.busy.value === 'run'}
          onClick={() => void suite.run()}
        >
          {suite.busy.value !== 'run' && <Icon of={Play} size={16} />}
          {words.runAll}
        </Button>
        <Button size="small" onClick={create}>
          <Icon of={Plus} size={16} />
          {words.create}
        </Button>
      </div>
      <div class="small" role="status">
        {hasRun && <p>{words.summary(passed, tests.length)}</p>}
        {coverage && (
          <p class="muted">
            {words.covered(
              shareOf(coverage.handles.covered.length, coverage.handles.missing.length),
            )}
            {coverage.nodes.missing.length > 0 && ` · ${words.coverageHint}`}
          </p>
        )}
      </div>
      <ul class="test-list">
        {tests.map((test) => (
          <Row key={test.id} suite={suite} test={test} />
        ))}
      </ul>
    </>
  );
}
