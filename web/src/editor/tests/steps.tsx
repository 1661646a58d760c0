import type { TestFailure, TestStep } from '@crmflow/contracts';
import { handBackWays } from '@crmflow/contracts/kinds';
import { ArrowDown, ArrowUp, Clock, MessageSquare, ScanEye, X } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { DurationControl } from '../inspector/fields/duration-control.js';
import { Failures } from './failures.js';
import { JsonField } from './json-field.js';
import { asKind, kindOfStep, type StepKind, valueOfStep } from './step-kinds.js';

type Choosable = Exclude<StepKind, 'other'>;

const groups: readonly { id: 'customer' | 'flow' | 'team'; kinds: readonly Choosable[] }[] = [
  { id: 'customer', kinds: ['user', 'choose', 'after'] },
  { id: 'flow', kinds: ['contains', 'text', 'matches', 'cel'] },
  { id: 'team', kinds: ['takeOver', 'say', 'handBack', 'callback', 'cancel'] },
];

type StepProps = {
  step: TestStep;
  number: number;
  /** Id of a datalist with the choices of the flow. */
  choices: string;
  onChange: (step: TestStep) => void;
};

function KindSelect({ step, number, onChange }: Omit<StepProps, 'choices'>) {
  const words = texts.tests;
  const kind = kindOfStep(step);
  return (
    <select
      class="input"
      aria-label={words.stepKind(number)}
      value={kind}
      onChange={({ currentTarget }) => onChange(asKind(step, currentTarget.value as Choosable))}
    >
      {kind === 'other' && <option value="other">{words.kinds.other}</option>}
      {groups.map(({ id, kinds }) => (
        <optgroup key={id} label={words.stepGroups[id]}>
          {kinds.map((one) => (
            <option key={one} value={one} selected={one === kind}>
              {id === 'team' ? words.kinds[one] : `${words.stepGroups[id]} ${words.kinds[one]}`}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function StepValue({ step, number, choices, onChange }: StepProps) {
  const words = texts.tests;
  const kind = kindOfStep(step);
  const value = valueOfStep(step);
  if ('after' in step) {
    return (
      <DurationControl
        label={words.values.after}
        value={step.after}
        emptyUnit="days"
        onChange={(after) => onChange({ after })}
      />
    );
  }
  if ('callback' in step) {
    return (
      <JsonField
        label={words.values.callback}
        value={step.callback}
        onChange={(callback = null) => onChange({ callback })}
      />
    );
  }
  if ('operator' in step && 'handBack' in step.operator) {
    const { operator } = step;
    return (
      <select
        class="input"
        aria-label={words.stepValue(number)}
        value={operator.handBack}
        onChange={({ currentTarget }) =>
          onChange({
            operator: {
              ...operator,
              handBack: currentTarget.value as (typeof handBackWays)[number],
            },
          })
        }
      >
        {handBackWays.map((way) => (
          <option key={way} value={way}>
            {words.handBackWays[way]}
          </option>
        ))}
      </select>
    );
  }
  if (kind === 'other') return <pre class="test-step-json">{JSON.stringify(step, null, 2)}</pre>;
  if (value === undefined) return null;
  const hints: { readonly [kind: string]: string | undefined } = words.values;
  const isCode = kind === 'cel' || kind === 'matches';
  const shared = {
    'aria-label': words.stepValue(number),
    placeholder: hints[kind],
    class: isCode ? 'input code' : 'input',
    value,
    spellcheck: !isCode,
    onInput: (event: { currentTarget: { value: string } }) => {
      const next = event.currentTarget.value;
      if ('user' in step) onChange({ user: next });
      else if ('choose' in step) onChange({ choose: next });
      else if ('operator' in step) onChange({ operator: { say: next } });
      else onChange({ expect: { [kind]: next } });
    },
  };
  if (kind === 'choose' || isCode)
    return <input {...shared} list={kind === 'choose' ? choices : undefined} />;
  return <textarea {...shared} rows={value.length > 80 ? 3 : 1} />;
}

type Props = {
  steps: readonly TestStep[];
  failures: readonly TestFailure[];
  choices: readonly string[];
  onChange: (steps: TestStep[]) => void;
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
};

/** What happens in a test, in its order, each step with what went otherwise than expected. */
export function Steps({ steps, failures, choices, onChange, onShow, labelOf }: Props) {
  const words = texts.tests;
  const move = (index: number, by: 1 | -1) => {
    const [step] = steps.slice(index, index + 1);
    if (step) onChange(steps.toSpliced(index, 1).toSpliced(index + by, 0, step));
  };
  const add = (step: TestStep) => onChange([...steps, step]);
  return (
    <section class="test-part" aria-label={words.steps}>
      <h2>{words.steps}</h2>
      <datalist id="test-choices">
        {choices.map((choice) => (
          <option key={choice} value={choice} />
        ))}
      </datalist>
      <ol class="test-steps">
        {steps.map((step, index) => {
          const number = index + 1;
          const failed = failures.filter((one) => one.step === index);
          const side = 'expect' in step ? 'flow' : 'operator' in step ? 'team' : 'customer';
          return (
            <li key={index} class={failed.length > 0 ? `${side} failed` : side}>
              <div class="test-step-head">
                <span class="test-step-number">{number}</span>
                <KindSelect
                  step={step}
                  number={number}
                  onChange={(next) => onChange(steps.with(index, next))}
                />
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={words.moveUp(number)}
                  title={words.moveUp(number)}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  <Icon of={ArrowUp} size={16} />
                </Button>
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={words.moveDown(number)}
                  title={words.moveDown(number)}
                  disabled={number === steps.length}
                  onClick={() => move(index, 1)}
                >
                  <Icon of={ArrowDown} size={16} />
                </Button>
                <Button
                  kind="quiet"
                  size="small"
                  aria-label={words.removeStep(number)}
                  title={words.removeStep(number)}
                  onClick={() => onChange(steps.toSpliced(index, 1))}
                >
                  <Icon of={X} size={16} />
                </Button>
              </div>
              <StepValue
                step={step}
                number={number}
                choices="test-choices"
                onChange={(next) => onChange(steps.with(index, next))}
              />
              {failed.length > 0 && (
                <Failures failures={failed} onShow={onShow} labelOf={labelOf} />
              )}
            </li>
          );
        })}
      </ol>
      <div class="test-adds">
        <Button size="small" onClick={() => add({ user: '' })}>
          <Icon of={MessageSquare} size={16} />
          {words.addCustomer}
        </Button>
        <Button size="small" onClick={() => add({ expect: { contains: '' } })}>
          <Icon of={ScanEye} size={16} />
          {words.addExpectation}
        </Button>
        <Button size="small" onClick={() => add({ after: 'P1D' })}>
          <Icon of={Clock} size={16} />
          {words.addTime}
        </Button>
      </div>
    </section>
  );
}
