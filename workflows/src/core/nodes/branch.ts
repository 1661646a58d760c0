import { evaluateCondition } from '@crmflow/expressions';
import { scopeOf } from '../scope.js';
import type { Behaviour } from './behaviour.js';

/** Leaves by the first case whose condition is true, or by `else`. */
export const branch: Behaviour<'branch'> = {
  enter(turn, visit) {
    const { cases } = visit.node.data;
    const first = cases.find(({ when }) => evaluateCondition(when, scopeOf(turn, visit)));
    return { leave: first?.handle ?? 'else' };
  },
};
