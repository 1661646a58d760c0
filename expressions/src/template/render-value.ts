import type { Json } from '@crmflow/contracts';
import { type Budget, charge, createBudget } from '../cel/budget.js';
import { bounded } from '../cel/value-size.js';
import { evaluateWithin } from '../expression.js';
import { guarded } from '../fault.js';
import type { Scope } from '../scope.js';
import { parseTemplate } from './parse.js';
import { renderWithin } from './render.js';

function renderLeaf(budget: Budget, text: string, scope: Scope): Json {
  const parts = parseTemplate(text);
  const [only] = parts;
  if (parts.length === 1 && only && 'expression' in only) {
    return evaluateWithin(budget, only.expression, scope);
  }
  return renderWithin(budget, text, scope, (value) => value);
}

function render(budget: Budget, json: Json, scope: Scope): Json {
  charge(budget, 1);
  if (typeof json === 'string') return renderLeaf(budget, json, scope);
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map((item) => render(budget, item, scope));
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, render(budget, item, scope)]),
  );
}

/**
 * Renders the texts within a JSON value, not the keys of its maps. A text that is exactly one
 * `{{ expr }}` becomes the value of that expression with its type.
 * @throws FlowFault as `renderText`
 */
export function renderValue(json: Json, scope: Scope): Json {
  const budget = createBudget(scope);
  return guarded('expression_failed', 'the value', () =>
    bounded(render(budget, bounded(json), scope)),
  );
}
