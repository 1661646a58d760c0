import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';
import { englishLocale } from '../locale/english.js';
import type { RunLocale } from '../locale/locale.js';

/** Counts the work of many expressions, which have a limit together besides that of each. */
export type Meter = { spent: number };

/** A meter that has counted nothing yet. */
export function createMeter(): Meter {
  return { spent: 0 };
}

/** Gives the address that answers a callback node; throws a FlowFault where none is meant. */
export type CallbackUrl = (name?: string) => string;

/** Work that may still be done, and what functions need of the run: they get no more than this. */
export type Budget = {
  left: number;
  meter?: Meter;
  locale: RunLocale;
  callbackUrl?: CallbackUrl;
};

/** The parts of a scope that a budget takes over. */
type BudgetScope = { meter?: Meter; locale?: RunLocale; callbackUrl?: CallbackUrl };

/** A fresh budget of the cost limit; what it is used for is counted by the scope's meter, too. */
export function createBudget({
  meter,
  locale = englishLocale,
  callbackUrl,
}: BudgetScope = {}): Budget {
  return {
    left: engineLimits.cost,
    locale,
    ...(meter && { meter }),
    ...(callbackUrl && { callbackUrl }),
  };
}

function count(meter: Meter, units: number): void {
  meter.spent += units;
  if (meter.spent <= engineLimits.meteredCost) return;
  throw new FlowFault(
    'expression_too_costly',
    `takes more than ${engineLimits.meteredCost} steps together with the expressions before it; spread them over several nodes`,
  );
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
  if (budget.meter) count(budget.meter, units);
}

/** Takes the work of reading or writing so many characters off the budget. */
export function chargeText(budget: Budget, characters: number): void {
  charge(budget, 1 + Math.floor(characters / engineLimits.charactersPerUnit));
}
