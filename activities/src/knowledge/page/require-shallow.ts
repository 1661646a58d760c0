import type { AnyNode, Document } from 'domhandler';
import { KnowledgeError } from '../knowledge-error.js';

/** Pages for people are some dozens deep; reading one takes time by the square of its depth. */
const maxDepth = 250;

/** What has no inside, or is ended by the next of its kind. */
const flat = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd td th tr option optgroup thead tbody tfoot colgroup rp rt'
  ).split(' '),
);

const tooDeep = (shown: string) =>
  new KnowledgeError(
    'page_not_html',
    `${shown} nests its elements deeper than pages for people do.`,
  );

/**
 * Looks at a page before it is parsed, which takes time by the square of its depth.
 * @param shown the page's address for messages
 * @throws KnowledgeError `page_not_html`
 */
export function requireShallow(html: string, shown: string): void {
  let depth = 0;
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)/gi)) {
    if (flat.has(name.toLowerCase())) continue;
    depth = end === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth) throw tooDeep(shown);
  }
}

/**
 * Looks at a page after it is parsed: elements that should end each other may be nested all the same.
 * @throws KnowledgeError `page_not_html`
 */
export function requireShallowDocument(document: Document, shown: string): void {
  let level: AnyNode[] = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 2 * maxDepth) throw tooDeep(shown);
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  }
}
