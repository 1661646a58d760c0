import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';

/** Work that may still be done. */
export type Budget = { left: number };

/** A fresh budget of the cost limit. */
export function createBudget(): Budget {
  return { left: engineLimits.cost };
}

/**
 * Takes units of work off the budget, before the work is done.
 * @throws FlowFault expression_too_costly
 */
export function charge(budget: Budget, units: number): void {
  budget.left -= units;
  if (budget.left < 0) {
    throw new FlowFault(
      'expression_too_costly',
      `takes more than ${engineLimits.cost} steps; use shorter lists and texts, or fewer loops within loops`,
    );
  }
}

/** Takes the work of reading or writing so many characters off the budget. */
export function chargeText(budget: Budget, characters: number): void {
  charge(budget, 1 + Math.floor(characters / engineLimits.charactersPerUnit));
}
