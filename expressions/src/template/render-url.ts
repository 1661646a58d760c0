import { createBudget } from '../cel/budget.js';
import { FlowFault } from '../fault.js';
import type { Scope } from '../scope.js';
import { parseTemplate } from './parse.js';
import { renderWithin } from './render.js';

/** `.` and `..` as URLs know them, where a dot may be written as `%2e` too. */
const dotSegment = /^(?:\.|%2e){1,2}$/i;

function dotSegments(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return path.replace(/[^/\\]+/g, (segment) => (dotSegment.test(segment) ? segment : 'x'));
}

/**
 * Renders an address; values are percent-encoded. Dots are not, so a value that makes a segment
 * `.` or `..` is refused: it would lead to another path than the author wrote.
 * @throws FlowFault
 */
export function renderUrl(template: string, scope: Scope): string {
  const url = renderWithin(createBudget(scope), template, scope, (text) =>
    encodeURIComponent(text.toWellFormed()),
  );
  const written = parseTemplate(template)
    .map((part) => ('text' in part ? part.text : 'x'))
    .join('');
  const empty = (path: string) => path.replaceAll('x', '');
  if (empty(dotSegments(url)) !== empty(dotSegments(written))) {
    throw new FlowFault(
      'expression_failed',
      'a value makes a part of the path "." or "..", which leads to another address; check it first',
    );
  }
  return url;
}
