import type { TestStep } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { asKind, isBlankStep, kindOfStep, stepKinds, stepOf, valueOfStep } from './step-kinds.js';

describe('the kinds of steps', () => {
  it.each(stepKinds)('%s is what it was made', (kind) => {
    expect(kindOfStep(stepOf(kind, 'x'))).toBe(kind);
  });

  it('show what has several expectations as it is', () => {
    const step: TestStep = { expect: { contains: 'a', cel: 'true' } };
    expect([kindOfStep(step), valueOfStep(step)]).toEqual(['other', undefined]);
  });

  it('keep what was typed where a step becomes another one', () => {
    expect(asKind({ user: 'Ada' }, 'contains')).toEqual({ expect: { contains: 'Ada' } });
    expect(asKind({ expect: { text: 'Hi' } }, 'say')).toEqual({ operator: { say: 'Hi' } });
    expect(asKind({ user: 'Ada' }, 'after')).toEqual({ after: 'P1D' });
    expect(asKind({ after: 'P1D' }, 'user')).toEqual({ user: '' });
  });

  it('know what is not filled in', () => {
    expect(isBlankStep({ user: '' })).toBe(true);
    expect(isBlankStep({ cancel: true })).toBe(false);
    expect(isBlankStep({ operator: { takeOver: true } })).toBe(false);
  });
});
