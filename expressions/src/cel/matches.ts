import { chargeMatch, compilePattern } from '../pattern.js';
import { type Budget, charge } from './budget.js';

/** Work of compiling a pattern, whether or not it is remembered: the cost must not depend on it. */
const unitsPerPatternCharacter = 4;

/**
 * CEL's `matches`: whether the pattern (RE2) is found anywhere in the text. Linear in the text.
 * @throws FlowFault pattern_invalid, expression_too_costly
 */
export function matchesSomewhere(budget: Budget, text: string, pattern: string): boolean {
  charge(budget, 1 + pattern.length * unitsPerPatternCharacter);
  const compiled = compilePattern(pattern);
  chargeMatch(budget, compiled, text);
  return compiled.found(text);
}
