import type { LeftOut } from '@crmflow/contracts';
import type { CheerioAPI } from 'cheerio';
import type { AnyNode, Document, Element, ParentNode, Text } from 'domhandler';

const never =
  'head, title, script, style, noscript, template, svg, canvas, iframe, object, embed, video, audio, select, ' +
  'button, input, textarea, dialog, [role="tablist"]';
const hidden = '[hidden], [aria-hidden="true"]';
const around =
  'nav, aside, [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], ' +
  '[role="complementary"], [role="dialog"], body > header, body > footer, ' +
  'body > div > header, body > div > footer';
const mains = 'main, [role="main"], [itemprop="articleBody"], #content, #main';
const within = `${mains}, article`;

/** Names that sites give to what unfolds. */
const folds = /accordion|collaps|tab-?pane|tab-?content|panel|faq|answer|toggle|expand|details/i;

/** What has less text than that beside the whole page is a teaser and not what the page is about. */
const share = 0.4;
const minLinks = 4;
const linkShare = 0.7;
/** Characters that an entry of a menu has less of. */
const menuEntry = 20;

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

/** Lists of links lead elsewhere, but for those that are what the page is about. */
function dropListsOfLinks(
  $: CheerioAPI,
  measures: ReadonlyMap<AnyNode, Measure>,
  drop: (nodes: Element[]) => void,
): void {
  const whole = measures.get($.root().get(0) as Document)?.text ?? 0;
  const lists = $('ul, ol')
    .toArray()
    .filter((list) => {
      const { text, linkText, links } = measures.get(list) ?? { text: 0, linkText: 0, links: 0 };
      if (links < minLinks || linkText < linkShare * text) return false;
      // Long entries, and those with figures, may be what the page has to tell: a list of prices.
      const isMenu = linkText < menuEntry * links && !/\d/.test($(list).text());
      return isMenu || (text < whole / 2 && $(list).closest(within).length === 0);
    });
  drop(lists);
}

/** The ids of what something on the page opens. */
function openedIds($: CheerioAPI): Set<string> {
  const ids = new Set<string>();
  const openers = '[aria-controls], [data-target], [data-bs-target], [data-controls], a[href^="#"]';
  for (const element of $(openers).toArray()) {
    const { attribs } = element;
    const names = [attribs['aria-controls'], attribs['data-controls']];
    const targets = [attribs['data-target'], attribs['data-bs-target'], attribs['href']];
    for (const id of names.join(' ').match(/\S+/g) ?? []) ids.add(id);
    for (const target of targets) if (target?.startsWith('#')) ids.add(target.slice(1));
  }
  return ids;
}

const opener = 'button, summary, [aria-expanded], [role="tab"], [role="button"]';

/**
 * Whether an element that is hidden is only folded: a visitor can open it, as an answer of an
 * accordion, a tab or a text behind “more”. What sits beside what opens something is that.
 */
function isFolded($: CheerioAPI, element: Element, opened: ReadonlySet<string>): boolean {
  const { attribs } = element;
  if (attribs['hidden'] === 'until-found' || attribs['role'] === 'tabpanel') return true;
  if (attribs['id'] !== undefined && opened.has(attribs['id'])) return true;
  if (attribs['aria-labelledby'] !== undefined) return true;
  if (folds.test(`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`)) return true;
  const before = $(element).prev();
  // A button of a form sends it.
  return before.is(opener) || (!before.is('form') && before.find(opener).length > 0);
}

/** What opens something is often the heading of it: the question of an answer, the name of a tab. */
function keepOpeners($: CheerioAPI): void {
  // Of several with the same id the first counts, so it has to come last here.
  const tabs = $('[role="tab"]').toArray().reverse();
  const tabById = new Map(tabs.map((tab) => [tab.attribs['id'], tab]));
  for (const panel of $('[role="tabpanel"][aria-labelledby]').toArray()) {
    const label = tabById.get(panel.attribs['aria-labelledby']);
    const text = label ? $(label).text().trim() : '';
    if (text !== '') $(panel).prepend($('<h4></h4>').text(text));
  }
  for (const button of $('button').toArray()) {
    const inHeading = $(button).closest('h1, h2, h3, h4, h5, h6, dt, summary').length > 0;
    const opens = ['aria-expanded', 'aria-controls'].some((name) => name in button.attribs);
    const isMenu = $(button).closest('nav, header, [role="tablist"]').length > 0;
    if (inHeading) $(button).replaceWith($('<span></span>').text($(button).text()));
    else if (opens && !isMenu) $(button).replaceWith($('<h4></h4>').text($(button).text()));
  }
  // A shadow root that is written into the page is shown.
  for (const root of $('template[shadowrootmode]').toArray()) {
    $(root).replaceWith($('<div></div>').append($(root).contents()));
  }
}

/** The text of a page without that of one element. */
function textBeside(root: Document, best: Element): string {
  const steps: AnyNode[] = [root];
  let text = '';
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (step === best) continue;
    if (isText(step)) text += `${step.data} `;
    if (!('children' in step)) continue;
    // One by one: there may be more children than one call can take as arguments.
    for (const child of step.children.toReversed()) steps.push(child);
  }
  return text;
}

/** The element that is about what the page is; several articles are a list, and none of them is. */
function chooseMain($: CheerioAPI, lengthOf: (node: AnyNode) => number): Element | undefined {
  const [best] = $(mains)
    .toArray()
    .map((element) => ({ element, length: lengthOf(element) }))
    .sort((a, b) => b.length - a.length);
  if (best && best.length > 0) return best.element;
  const articles = $('article')
    .toArray()
    .filter((element) => $(element).parents('article').length === 0);
  return articles.length === 1 ? articles[0] : undefined;
}

/**
 * The element that has the main text, or the whole page; changes the page.
 * @param leave is told what is left out, and why
 */
export function findMain(
  $: CheerioAPI,
  leave: (reason: LeftOut['reason'], text: string) => void,
): Element | Document {
  const drop = (reason: LeftOut['reason']) => (nodes: Element[]) => {
    for (const node of nodes) {
      const text = $(node).text();
      if (/[\p{L}\p{N}]/u.test(text)) leave(reason, text);
      $(node).remove();
    }
  };
  const opened = openedIds($);
  const closed = $(hidden)
    .toArray()
    .filter((element) => !isFolded($, element, opened));
  keepOpeners($);
  $(never).remove();
  drop('hidden')(closed.filter((element) => $(element).parents(hidden).length === 0));
  const all = $.root().get(0) as Document;
  const before = measure(all);
  const textIn = (measures: ReadonlyMap<AnyNode, Measure>, node: AnyNode) =>
    measures.get(node)?.text ?? 0;
  // A page that is all within a header is no page with a header.
  const apart = $(around)
    .toArray()
    .filter(isElement)
    .filter((node) => !$(node).parents(around).length)
    // A note within the text is part of it.
    .filter((node) => node.name !== 'aside' || $(node).closest(within).length === 0);
  const textOutside = apart.reduce((sum, node) => sum + textIn(before, node), 0);
  if (textOutside < 0.9 * textIn(before, all)) drop('navigation')(apart);
  dropListsOfLinks($, measure(all), drop('navigation'));
  const after = measure(all);
  const best = chooseMain($, (node) => textIn(after, node));
  if (!best || textIn(after, best) < share * textIn(after, all)) return all;
  const missing = textIn(after, all) - textIn(after, best);
  if (missing > 0) leave('beside', textBeside(all, best));
  return best;
}
