import { type Json, limits, storable } from '@crmflow/contracts';
import { type Budget, createBudget } from '../cel/budget.js';
import { bounded } from '../cel/value-size.js';
import { evaluateWithin } from '../expression.js';
import { FlowFault } from '../fault.js';
import type { Scope } from '../scope.js';
import { parseTemplate } from './parse.js';

/** A value as it reads within a text: null as nothing, lists and maps as JSON. */
export function asText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * Renders a template whose values go through `encode` first.
 * @throws FlowFault as `evaluate`; value_too_large for a result over 64 kB
 */
export function renderWithin(
  budget: Budget,
  template: string,
  scope: Scope,
  encode: (text: string) => string,
): string {
  let length = 0;
  const rendered = parseTemplate(template).map((part) => {
    const text =
      'text' in part ? part.text : encode(asText(evaluateWithin(budget, part.expression, scope)));
    length += text.length;
    if (length > limits.valueBytes) {
      throw new FlowFault(
        'value_too_large',
        `the text becomes longer than ${limits.valueBytes / 1000} kB; put less into it`,
      );
    }
    return text;
  });
  return bounded(storable(rendered.join('')));
}

/**
 * Renders a text: strings as they are, numbers and booleans plain, null as nothing, lists and maps
 * as JSON.
 * @throws FlowFault
 */
export function renderText(template: string, scope: Scope): string {
  return renderWithin(createBudget(scope), template, scope, (text) => text);
}
