import { because, limits, type PatternProblem, utf8Bytes } from '@crmflow/contracts';
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { type Budget, charge } from './cel/budget.js';
import { FlowFault, guarded, SourceFault } from './fault.js';
import { engineLimits } from './limits.js';
import { createCache } from './lru.js';
import { unfoldedSize } from './pattern-size.js';

/** A compiled RE2 pattern. */
export type Pattern = {
  /** Instructions: what one character of a text may cost at the very worst. */
  size: number;
  /** Whether the pattern covers the whole text. */
  covers: (text: string) => boolean;
  /** Whether the pattern is found somewhere in the text. */
  found: (text: string) => boolean;
};

/** What RE2 calls the ways in which a pattern is wrong. */
const problems: { [error: string]: PatternProblem } = {
  'missing closing )': 'parenthesis',
  'unexpected )': 'parenthesis',
  'missing closing ]': 'bracket',
  'invalid character class range': 'range',
  'invalid escape sequence': 'escape',
  'invalid named capture': 'group',
  'invalid or unsupported Perl syntax': 'group',
  'invalid repeat count': 'count',
  'invalid nested repetition operator': 'nested',
  'missing argument to repetition operator': 'nothing',
  'trailing backslash at end of expression': 'backslash',
};

function unreadable(error: unknown): SourceFault {
  if (!(error instanceof RE2JSException)) return new SourceFault(because('pattern_too_deep'));
  const [name, part] =
    error instanceof RE2JSSyntaxException ? [error.error, error.input ?? ''] : ['', ''];
  const problem = problems[name] ?? 'other';
  return new SourceFault(because('pattern_invalid', { problem, part }));
}

function compile(source: string): Pattern {
  if (unfoldedSize(source) > engineLimits.patternSize) {
    throw new SourceFault(because('pattern_too_large', { limit: engineLimits.patternSize }));
  }
  try {
    const regex = RE2JS.compile(source);
    return {
      size: regex.programSize(),
      covers: (text) => regex.testExact(text),
      found: (text) => regex.test(text),
    };
  } catch (error) {
    throw unreadable(error);
  }
}

const cache = createCache<Pattern>(engineLimits.compiledPatterns);

/**
 * Compiles an RE2 pattern: linear time, no look-around, no back references.
 * @throws FlowFault pattern_invalid
 */
export function compilePattern(source: string): Pattern {
  if (source.length > limits.patternBytes || utf8Bytes(source) > limits.patternBytes) {
    throw new SourceFault(because('pattern_too_long', { limit: limits.patternBytes }));
  }
  return cache(source, () => compile(source));
}

/** Takes the work of matching a text off the budget. */
export function chargeMatch(budget: Budget, pattern: Pattern, text: string): void {
  const instructionsPerUnit = 64;
  charge(budget, 1 + Math.floor((text.length * pattern.size) / instructionsPerUnit));
}

function checkWork(pattern: Pattern, text: string): void {
  if (pattern.size * text.length <= engineLimits.patternWork) return;
  throw new FlowFault(
    'expression_too_costly',
    'the pattern is too complex for a text of this length; use smaller counts',
  );
}

/**
 * Whether a pattern covers a whole text, as a listen node checks a reply.
 * @throws FlowFault pattern_invalid, or expression_too_costly for a huge pattern on a huge text
 */
export function matchesPattern(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  checkWork(pattern, text);
  return guarded('pattern_invalid', 'the pattern', () => pattern.covers(text));
}

/**
 * A test whether a pattern is found somewhere in a text, as JSON Schema means it.
 * @throws FlowFault pattern_invalid; the test throws expression_too_costly
 */
export function matchesAnywhere(source: string): (text: string) => boolean {
  const pattern = compilePattern(source);
  return (text) => {
    checkWork(pattern, text);
    return guarded('pattern_invalid', 'the pattern', () => pattern.found(text));
  };
}
