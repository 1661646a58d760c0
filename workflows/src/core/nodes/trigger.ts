import type { Behaviour } from './behaviour.js';

/** A trigger starts the run and is left at once. */
export const trigger: Behaviour<'trigger'> = {
  enter: () => ({ leave: 'out' }),
};
