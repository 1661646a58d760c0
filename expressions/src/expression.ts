import { because, type Json, type Reason, type SourceReason } from '@crmflow/contracts';
import { type Budget, createBudget } from './cel/budget.js';
import type { Code } from './cel/code.js';
import { compile } from './cel/compile.js';
import { toJson } from './cel/to-json.js';
import { bounded } from './cel/value-size.js';
import { FlowFault, guarded, SourceFault } from './fault.js';
import { engineLimits } from './limits.js';
import { createCache } from './lru.js';
import type { Scope } from './scope.js';

/** An issue of a text, found before it is used. `offset` counts UTF-16 units from 0. */
export type SourceIssue = Reason<SourceReason> & { offset?: number };

type Compiled = { code: Code } | { fault: FlowFault };

const cache = createCache<Compiled>(engineLimits.compiledExpressions);

function compiled(source: string): Compiled {
  return cache(source, () => {
    try {
      return { code: guarded('expression_invalid', 'the expression', () => compile(source)) };
    } catch (error) {
      if (error instanceof FlowFault) return { fault: error };
      throw error;
    }
  });
}

function shown(source: string): string {
  const text = source.trim().replace(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…`.toWellFormed() : text.toWellFormed();
}

/** A fault that says which expression it is of. */
function placed({ code, message, offset }: FlowFault, source: string): FlowFault {
  const where = offset === undefined ? '' : ` (at character ${offset + 1})`;
  const which = message.startsWith(shown(source)) ? '' : `${shown(source)}: `;
  return new FlowFault(code, `${which}${message}${where}`, offset);
}

/**
 * Works out an expression within a budget that others may share.
 * @throws FlowFault
 */
export function evaluateWithin(budget: Budget, source: string, scope: Scope): Json {
  const result = compiled(source);
  if ('fault' in result) throw placed(result.fault, source);
  try {
    return guarded('expression_failed', 'the expression', () => {
      const value = result.code.run({ scope, budget, locals: [] });
      return bounded(toJson(value, budget));
    });
  } catch (error) {
    throw error instanceof FlowFault ? placed(error, source) : error;
  }
}

/**
 * Works out a CEL expression. The same source and scope always give the same result.
 * @returns plain JSON: ints as numbers, timestamps and durations as ISO 8601
 * @throws FlowFault expression_invalid, expression_failed, expression_too_large,
 *   expression_too_costly, pattern_invalid, value_too_large; never anything else
 */
export function evaluate(source: string, scope: Scope): Json {
  return evaluateWithin(createBudget(scope), source, scope);
}

/**
 * Works out a condition.
 * @throws FlowFault as `evaluate`, and expression_failed where the result is not true or false
 */
export function evaluateCondition(source: string, scope: Scope): boolean {
  const result = evaluate(source, scope);
  if (typeof result === 'boolean') return result;
  const fault = new FlowFault('expression_failed', 'a condition must be true or false');
  throw placed(fault, source);
}

/** Why a text cannot be used. */
export function sourceIssueOf(fault: FlowFault): SourceIssue {
  const why = fault instanceof SourceFault ? fault.why : because('expression_unreadable');
  return { ...why, ...(fault.offset !== undefined && { offset: fault.offset }) };
}

/** What keeps an expression from compiling: syntax, unknown names, wrong arguments; or null. */
export function compileIssue(source: string): SourceIssue | null {
  const result = compiled(source);
  return 'fault' in result ? sourceIssueOf(result.fault) : null;
}

/** As `compileIssue`, for a condition: its result must be able to be true or false. */
export function conditionIssue(source: string): SourceIssue | null {
  const result = compiled(source);
  if ('fault' in result) return sourceIssueOf(result.fault);
  const { kind } = result.code;
  if (kind === 'bool' || kind === 'dyn') return null;
  return { ...because('condition_not_bool', { kind }), offset: 0 };
}
