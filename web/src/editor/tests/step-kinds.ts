import type { Json, TestStep } from '@crmflow/contracts';

/** What a step can be, as it is chosen. */
export const stepKinds = [
  ...(['user', 'choose', 'after', 'contains', 'text', 'matches', 'cel'] as const),
  ...(['takeOver', 'say', 'handBack', 'callback', 'cancel'] as const),
] as const;

/** What a step can be, as it is chosen; `other` is only shown. */
export type StepKind = (typeof stepKinds)[number] | 'other';

const expected = ['contains', 'text', 'matches', 'cel'] as const;

/** What a step is. */
export function kindOfStep(step: TestStep): StepKind {
  if ('expect' in step) {
    const [key, ...more] = Object.keys(step.expect);
    const kind = expected.find((one) => one === key);
    return kind && more.length === 0 ? kind : 'other';
  }
  if ('operator' in step) {
    if ('takeOver' in step.operator) return 'takeOver';
    return 'say' in step.operator ? 'say' : 'handBack';
  }
  const [kind] = Object.keys(step);
  return stepKinds.find((one) => one === kind) ?? 'other';
}

/** What a step says in its one field; undefined where it has none. */
export function valueOfStep(step: TestStep): string | undefined {
  if ('expect' in step) {
    const kind = kindOfStep(step);
    return kind === 'other' ? undefined : Object.values(step.expect).join('');
  }
  if ('operator' in step) return 'say' in step.operator ? step.operator.say : undefined;
  if ('user' in step) return step.user;
  if ('choose' in step) return step.choose;
  return 'after' in step ? step.after : undefined;
}

/** A step of a kind. @param value of its field; of a callback, what comes in */
export function stepOf(kind: Exclude<StepKind, 'other'>, value = '', body: Json = {}): TestStep {
  switch (kind) {
    case 'user':
      return { user: value };
    case 'choose':
      return { choose: value };
    case 'after':
      return { after: value };
    case 'contains':
      return { expect: { contains: value } };
    case 'text':
      return { expect: { text: value } };
    case 'matches':
      return { expect: { matches: value } };
    case 'cel':
      return { expect: { cel: value } };
    case 'takeOver':
      return { operator: { takeOver: true } };
    case 'say':
      return { operator: { say: value } };
    case 'handBack':
      return { operator: { handBack: 'reask' } };
    case 'callback':
      return { callback: body };
    case 'cancel':
      return { cancel: true };
  }
}

/** A step that is made another kind, with what was typed already, where that fits. */
export function asKind(step: TestStep, kind: Exclude<StepKind, 'other'>): TestStep {
  const before = kindOfStep(step);
  if (kind === 'after') return stepOf(kind, 'P1D');
  return stepOf(kind, before === 'after' ? '' : (valueOfStep(step) ?? ''));
}

/** Whether the field of a step is still to be filled in. */
export const isBlankStep = (step: TestStep): boolean => valueOfStep(step) === '';
