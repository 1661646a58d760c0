/** Pages for people are some dozens deep; reading one takes time by the square of its depth. */
const maxDepth = 250;

/** What has no inside, or is ended by the next of its kind. */
const flat = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr ' +
    'p li dt dd td th tr option optgroup thead tbody tfoot colgroup rp rt'
  ).split(' '),
);

/** Whether a page's elements are nested so little that it can be read quickly. */
export function isShallowPage(html: string): boolean {
  let depth = 0;
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-zA-Z][a-zA-Z0-9-]*)/g)) {
    if (flat.has(name.toLowerCase())) continue;
    depth = end === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth) return false;
  }
  return true;
}
