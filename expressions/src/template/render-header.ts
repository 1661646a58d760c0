import { createBudget } from '../cel/budget.js';
import { FlowFault } from '../fault.js';
import type { Scope } from '../scope.js';
import { renderWithin } from './render.js';

/**
 * Renders the value of an HTTP header.
 * @throws FlowFault header_invalid for line breaks and for characters that no header can carry
 */
export function renderHeader(template: string, scope: Scope): string {
  const value = renderWithin(createBudget(scope), template, scope, (text) => text);
  const bad = /[^\t\x20-\x7e\x80-\xff]/.exec(value)?.[0];
  if (bad === undefined) return value;
  throw new FlowFault(
    'header_invalid',
    bad === '\r' || bad === '\n'
      ? 'the header has a line break; remove it from the value, for example with replace'
      : 'the header has a character that headers cannot carry; use plain letters, or encode it',
  );
}
