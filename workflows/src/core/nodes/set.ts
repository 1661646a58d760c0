import { renderValue } from '@crmflow/expressions';
import { scopeOf } from '../scope.js';
import type { Behaviour } from './behaviour.js';

/** Sets variables in order: later ones see earlier ones. */
export const set: Behaviour<'set'> = {
  enter(turn, visit) {
    for (const { name, value } of visit.node.data.assign) {
      turn.assign(name, renderValue(value, scopeOf(turn, visit)), visit);
    }
    return { leave: 'out' };
  },
};
