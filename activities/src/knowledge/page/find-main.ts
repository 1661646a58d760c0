import type { CheerioAPI } from 'cheerio';
import type { AnyNode, Document, Element, ParentNode, Text } from 'domhandler';

const never =
  'head, title, script, style, noscript, template, svg, canvas, iframe, object, embed, video, audio, select, ' +
  'button, input, textarea, dialog, [hidden], [aria-hidden="true"]';
const around =
  'nav, aside, [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], ' +
  '[role="complementary"], [role="dialog"], body > header, body > footer, ' +
  'body > div > header, body > div > footer';
const likely = 'main, [role="main"], article, [itemprop="articleBody"], #content, #main';

/** What has less text than that beside the whole page is a teaser and not what the page is about. */
const share = 0.4;
const minLinks = 4;
const linkShare = 0.7;

/** Whether a node of a page is an element. */
export const isElement = (node: AnyNode): node is Element => 'attribs' in node;
/** Whether a node of a page is a text, which the DOM calls 3. */
export const isText = (node: AnyNode): node is Text => node.nodeType === 3;

/** How much text an element has, how much of it is in links, and how many links there are. */
type Measure = { text: number; linkText: number; links: number };

/** Measures each element of a page in one pass: asking each for its text takes a pass for each. */
function measure(root: Document): Map<AnyNode, Measure> {
  const measures = new Map<AnyNode, Measure>();
  const open: { node: ParentNode; next: number; own: Measure; isLink: boolean }[] = [];
  const enter = (node: ParentNode, isLink: boolean) =>
    open.push({ node, next: 0, own: { text: 0, linkText: 0, links: isLink ? 1 : 0 }, isLink });
  enter(root, false);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const child = top.node.children[top.next];
    top.next += 1;
    if (!child) {
      open.pop();
      if (top.isLink) top.own.linkText = top.own.text;
      measures.set(top.node, top.own);
      const above = open.at(-1)?.own;
      if (!above) continue;
      above.text += top.own.text;
      above.linkText += top.own.linkText;
      above.links += top.own.links;
    } else if (isText(child)) {
      top.own.text += child.data.replace(/\s+/g, ' ').length;
    } else if (isElement(child)) {
      enter(child, child.name === 'a');
    }
  }
  return measures;
}

/** Lists that are nothing but links lead elsewhere. */
function dropListsOfLinks($: CheerioAPI, measures: ReadonlyMap<AnyNode, Measure>): void {
  $('ul, ol').each((_, list) => {
    const { text, linkText, links } = measures.get(list) ?? { text: 0, linkText: 0, links: 0 };
    if (links >= minLinks && linkText >= linkShare * text) $(list).remove();
  });
}

/** The element that has the main text, or the whole page; changes the page. */
export function findMain($: CheerioAPI): Element | Document {
  $(never).remove();
  const all = $.root().get(0) as Document;
  const before = measure(all);
  const textIn = (measures: ReadonlyMap<AnyNode, Measure>, node: AnyNode) =>
    measures.get(node)?.text ?? 0;
  // A page that is all within a header is no page with a header.
  const outside = $(around);
  const apart = outside.toArray().filter((node) => !$(node).parents(around).length);
  const textOutside = apart.reduce((sum, node) => sum + textIn(before, node), 0);
  if (textOutside < 0.9 * textIn(before, all)) outside.remove();
  dropListsOfLinks($, measure(all));
  const after = measure(all);
  const [best] = $(likely)
    .toArray()
    .map((element) => ({ element, length: textIn(after, element) }))
    .sort((a, b) => b.length - a.length);
  return best && best.length >= share * textIn(after, all) ? best.element : all;
}
