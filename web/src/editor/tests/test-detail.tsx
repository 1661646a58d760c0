import type { FlowTest, TestResult } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, CircleCheck, CircleX, Play, Trash2 } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import { Control } from '../inspector/fields/control.js';
import { SwitchControl } from '../inspector/fields/switch-control.js';
import { TextControl } from '../inspector/fields/text-control.js';
import type { DocumentReader } from '../model/store.js';
import { JsonField } from './json-field.js';
import { Outcome } from './outcome.js';
import { StandIns } from './stand-ins.js';
import { isBlankStep } from './step-kinds.js';
import { Steps } from './steps.js';
import type { Suite } from './suite.js';

/** How long nobody types before a test is stored. */
const restMs = 600;

const isFinished = ({ name, steps, assert, mocks }: FlowTest) =>
  name.trim() !== '' &&
  !steps.some(isBlankStep) &&
  !Object.hasOwn(assert.variables ?? {}, '') &&
  !mocks.some(({ error }) => error === '');

/** A test as it is edited, and how storing it goes. */
function useDraft(suite: Suite, stored: FlowTest) {
  const draft = useSignal(stored);
  const state = useSignal<'saved' | 'changed' | 'saving'>('saved');
  const refused = useSignal('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const store = async () => {
    clearTimeout(timer.current);
    if (state.peek() !== 'changed' || !isFinished(draft.peek())) return;
    const sent = draft.peek();
    state.value = 'saving';
    refused.value = '';
    try {
      await suite.save(sent);
    } catch (error) {
      const { message, errors } = asApiError(error);
      const faults = errors.map(({ path, message: why }) => `${path} ${why}`).join('; ');
      refused.value = faults || message;
      if (draft.peek() === sent) state.value = 'saved';
    }
    // What was typed meanwhile is yet to be stored.
    if (draft.peek() !== sent) {
      state.value = 'changed';
      await store();
    } else state.value = 'saved';
  };
  const change = (next: Partial<FlowTest>) => {
    draft.value = { ...draft.peek(), ...next };
    state.value = state.peek() === 'saving' ? 'saving' : 'changed';
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void store(), restMs);
  };
  // Whoever leaves wants what they typed.
  useEffect(() => () => void store(), []);
  return { draft, state, refused, change, store };
}

function Verdict({ result }: { result: TestResult | undefined }) {
  const words = texts.tests;
  if (!result) return <p class="small muted">{words.notRun}</p>;
  return result.passed ? (
    <p class="test-verdict passed">
      <Icon of={CircleCheck} size={16} />
      {words.passedIn(result.ms.toLocaleString())}
    </p>
  ) : (
    <p class="test-verdict failed">
      <Icon of={CircleX} size={16} />
      {words.failedWith(result.failures.length)}
    </p>
  );
}

/** What was said in a test. */
function Said({ result }: { result: TestResult }) {
  if (result.messages.length === 0) return null;
  return (
    <details class="test-part">
      <summary>{texts.tests.said}</summary>
      <ol class="test-said">
        {result.messages.map(({ role, text }, index) => (
          <li key={index} class={role === 'user' ? 'customer' : 'flow'}>
            {text}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Start({
  start,
  onChange,
}: {
  start: FlowTest['start'];
  onChange: (start: FlowTest['start']) => void;
}) {
  const words = texts.tests;
  const set = (change: { [K in keyof FlowTest['start']]: FlowTest['start'][K] | undefined }) => {
    const next = Object.entries({ ...start, ...change }).filter(([, one]) => one !== undefined);
    onChange(Object.fromEntries(next));
  };
  const now = start.now === undefined ? '' : new Date(start.now).toISOString().slice(0, 16);
  return (
    <details class="test-part">
      <summary>{words.start}</summary>
      <div class="test-fields">
        <Control label={words.now} hint={words.nowHint}>
          {(tied) => (
            <input
              {...tied}
              class="input"
              type="datetime-local"
              value={now}
              onInput={({ currentTarget: { value } }) =>
                set({ now: value === '' ? undefined : `${value}:00Z` })
              }
            />
          )}
        </Control>
        <TextControl
          label={words.timezone}
          hint={words.timezoneHint}
          value={start.timezone ?? ''}
          onInput={(timezone) => set({ timezone: timezone || undefined })}
        />
        <TextControl
          label={words.locale}
          hint={words.localeHint}
          value={start.locale ?? ''}
          onInput={(locale) => set({ locale: locale || undefined })}
        />
        <JsonField
          label={words.input}
          value={start.input}
          onChange={(input) => set({ input: input as FlowTest['start']['input'] })}
        />
      </div>
    </details>
  );
}

/** The choices that the flow offers anywhere, to write those that a customer clicks. */
function choicesOf(document: DocumentReader): string[] {
  const offered = document
    .nodes()
    .flatMap((node) => (node.type === 'listen' ? (node.data.choices ?? []) : []));
  return [...new Set(offered.map(({ label, value }) => label || value))];
}

/** One test: what happens, what is expected, and what came of it. */
export function TestDetail({
  suite,
  test,
  document,
  onShow,
  labelOf,
}: {
  suite: Suite;
  test: FlowTest;
  document: DocumentReader;
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
}) {
  const words = texts.tests;
  const { draft, state, refused, change, store } = useDraft(suite, test);
  const isRemoving = useSignal(false);
  const result = suite.results.value.get(test.id);
  const { value: now } = draft;
  const { id: _, ...json } = now;
  const run = async () => {
    if (state.peek() === 'changed') await store();
    else await suite.run([test.id]);
  };
  const failures = result?.failures ?? [];
  return (
    <div class="test-detail">
      <header class="test-bar">
        <Button
          kind="quiet"
          size="small"
          aria-label={words.back}
          title={words.back}
          onClick={() => (suite.opened.value = undefined)}
        >
          <Icon of={ArrowLeft} size={16} />
        </Button>
        <span class="small muted" role="status">
          {refused.value
            ? ''
            : state.value === 'saving'
              ? words.saving
              : isFinished(now)
                ? state.value === 'saved' && words.saved
                : words.unfinished}
        </span>
        <Button
          kind="quiet"
          size="small"
          aria-label={words.remove}
          title={words.remove}
          onClick={() => (isRemoving.value = true)}
        >
          <Icon of={Trash2} size={16} />
        </Button>
        <Button
          kind="primary"
          size="small"
          busy={suite.busy.value === 'run'}
          onClick={() => void run()}
        >
          {suite.busy.value !== 'run' && <Icon of={Play} size={16} />}
          {words.run}
        </Button>
      </header>
      <div class="test-body">
        {refused.value && <Notice>{words.notSaved(refused.value)}</Notice>}
        {suite.failure.value && <Notice>{suite.failure.value.message}</Notice>}
        <div role="status">
          <Verdict result={result} />
        </div>
        <TextControl
          label={words.name}
          maxLength={200}
          value={now.name}
          onInput={(name) => change({ name })}
        />
        <SwitchControl label={words.gate} value={now.gate} onChange={(gate) => change({ gate })} />
        <Steps
          steps={now.steps}
          failures={failures}
          choices={choicesOf(document)}
          onChange={(steps) => change({ steps })}
          onShow={onShow}
          labelOf={labelOf}
        />
        <Outcome
          assert={now.assert}
          nodes={document.nodes()}
          failures={failures}
          onChange={(assert) => change({ assert })}
          onShow={onShow}
          labelOf={labelOf}
        />
        <StandIns test={now} nodes={document.nodes()} onChange={change} />
        {result && <Said result={result} />}
        <Start start={now.start} onChange={(start) => change({ start })} />
        <details class="test-part">
          <summary>{words.json}</summary>
          <JsonField
            label={words.json}
            hint={words.jsonHint}
            rows={16}
            value={json}
            onChange={(value) => {
              if (typeof value === 'object' && value !== null)
                change(value as unknown as Partial<FlowTest>);
            }}
          />
        </details>
      </div>
      {isRemoving.value && (
        <ConfirmDialog
          title={words.removeTitle}
          text={words.removeText(now.name)}
          confirm={words.remove}
          onConfirm={() => suite.remove(test.id)}
          onClose={() => (isRemoving.value = false)}
        />
      )}
    </div>
  );
}
