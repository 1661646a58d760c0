import type { FlowTest, ReplayReport, TestReport, WaitingRuns } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { readWaitingRuns, replayRuns, runTests } from '../../api/tests.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { AreaField } from '../../ui/field/area-field.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import { shareOf } from './share-of.js';
import { replayedCount } from './suite.js';
import './publish-dialog.css';

type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'busy';

const signs = { ok: CircleCheck, bad: CircleX, warn: TriangleAlert, info: Info } as const;

/** Of places where runs stay. */
const mostReasons = 5;

/** One thing that was looked at, and what came of it. */
function Line({
  title,
  tone,
  children,
}: {
  title: string;
  tone: Tone;
  children?: ComponentChildren;
}) {
  return (
    <li class={`publish-line ${tone}`}>
      {tone === 'busy' ? <span class="spinner" /> : <Icon of={signs[tone]} />}
      <div>
        <h3>{title}</h3>
        <div class="small">{children}</div>
      </div>
    </li>
  );
}

/** Something that is fetched once. */
function useFetched<T>(fetch: () => Promise<T>) {
  const got = useSignal<{ value: T } | { failure: string } | undefined>(undefined);
  useEffect(() => {
    fetch().then(
      (value) => (got.value = { value }),
      (error: unknown) => (got.value = { failure: asApiError(error).message }),
    );
  }, []);
  return got.value;
}

type Got<T> = ReturnType<typeof useFetched<T>>;

function Fetched<T>({
  title,
  got,
  children,
}: {
  title: string;
  got: Got<T>;
  children: (value: T) => { tone: Tone; words: ComponentChildren };
}) {
  const words = texts.publishing;
  if (!got) return <Line title={title} tone="busy" />;
  if ('failure' in got) {
    return (
      <Line title={title} tone="warn">
        {words.failedCheck}. {got.failure}
      </Line>
    );
  }
  const { tone, words: said } = children(got.value);
  return (
    <Line title={title} tone={tone}>
      {said}
    </Line>
  );
}

function ofTests(report: TestReport, tests: readonly FlowTest[], onOpen: (id: string) => void) {
  const words = texts.publishing;
  const gate = tests.filter((test) => test.gate);
  const failed = failedOf(report, tests);
  if (gate.length === 0) return { tone: 'info' as const, words: words.testsNone };
  if (failed.length === 0) return { tone: 'ok' as const, words: words.testsPassed(gate.length) };
  return {
    tone: 'bad' as const,
    words: (
      <>
        <p>{words.testsFail(failed.length, gate.length)}</p>
        <ul>
          {failed.map(({ id, name }) => (
            <li key={id}>
              <button type="button" class="link" onClick={() => onOpen(id)}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}

function failedOf({ results }: TestReport, tests: readonly FlowTest[]): FlowTest[] {
  const failed = new Set(results.flatMap(({ testId, passed }) => (passed ? [] : [testId])));
  return tests.filter(({ id, gate }) => gate && failed.has(id));
}

function ofReplay({ results }: ReplayReport) {
  const words = texts.tests.replay;
  if (results.length === 0) return { tone: 'info' as const, words: texts.publishing.replayNone };
  const count = (outcome: string) => results.filter((one) => one.outcome === outcome).length;
  const other = count('other_way');
  return {
    tone: other > 0 ? ('warn' as const) : ('ok' as const),
    words: words.summary(count('same'), other, count('not_comparable')),
  };
}

function ofWaiting({ runs, movable, staying, isComplete }: WaitingRuns) {
  const words = texts.publishing.waiting;
  if (runs === 0) return { tone: 'info' as const, words: words.none };
  return {
    tone: staying.length > 0 ? ('warn' as const) : ('ok' as const),
    words: (
      <>
        <p>{words.summary(movable, runs)}</p>
        {!isComplete && <p>{words.newest}</p>}
        <ul>
          {staying.slice(0, mostReasons).map(({ reason, nodeId, label, runs: count, runId }) => (
            <li key={runId}>
              <a href={`/runs/${runId}`} target="_blank" rel="noreferrer">
                {words.staying[reason](count, label || nodeId || '')}
              </a>
            </li>
          ))}
        </ul>
        {staying.length > mostReasons && <p>{words.more(staying.length - mostReasons)}</p>}
      </>
    ),
  };
}

/** What is asked before a flow is published. */
export type PublishDialogProps = {
  flowId: string;
  tests: readonly FlowTest[];
  /** Opens a test that failed. */
  onOpen: (testId: string) => void;
  /** @param override why although tests fail @throws ApiError */
  onPublish: (override?: string) => Promise<void>;
  onClose: () => void;
};

/** What publishing a draft would mean: its tests, past conversations, and the runs that wait. */
export function PublishDialog({ flowId, tests, onOpen, onPublish, onClose }: PublishDialogProps) {
  const words = texts.publishing;
  const report = useFetched(() => runTests(flowId));
  const replay = useFetched(() => replayRuns(flowId, replayedCount));
  const waiting = useFetched(() => readWaitingRuns(flowId));
  const reason = useSignal('');
  const isBusy = useSignal(false);
  const failure = useSignal('');
  const isFailing =
    report !== undefined && 'value' in report && failedOf(report.value, tests).length > 0;
  const publish = async () => {
    isBusy.value = true;
    failure.value = '';
    try {
      await onPublish(isFailing ? reason.value.trim() : undefined);
    } catch (error) {
      failure.value = asApiError(error).message;
      isBusy.value = false;
    }
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <ul class="publish-lines">
        <Fetched title={words.tests} got={report}>
          {(value) => ofTests(value, tests, onOpen)}
        </Fetched>
        <Fetched title={words.coverage} got={report}>
          {({ coverage: { handles } }) => ({
            tone: tests.length > 0 && handles.missing.length === 0 ? 'ok' : 'info',
            words:
              tests.length === 0
                ? words.noTests
                : words.coverageText(shareOf(handles.covered.length, handles.missing.length)),
          })}
        </Fetched>
        <Fetched title={words.replay} got={replay}>
          {ofReplay}
        </Fetched>
        <Fetched title={words.waiting.title} got={waiting}>
          {ofWaiting}
        </Fetched>
      </ul>
      {isFailing && (
        <AreaField
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          rows={2}
          onInput={(text) => (reason.value = text)}
        />
      )}
      {failure.value && <Notice>{failure.value}</Notice>}
      <div class="actions">
        <Button onClick={onClose}>{shared.cancel}</Button>
        <Button
          kind={isFailing ? 'danger' : 'primary'}
          busy={isBusy.value || !report}
          disabled={isFailing && reason.value.trim() === ''}
          onClick={() => void publish()}
        >
          {isFailing ? words.anyway : words.publish}
        </Button>
      </div>
    </Dialog>
  );
}
