import type { LeftOut } from '@crmflow/contracts';
import type { Block } from '@crmflow/db/passages';
import { load } from 'cheerio/slim';
import type { AnyNode, Document, Element } from 'domhandler';
import { createLeftOut } from '../left-out.js';
import { findMain, isElement, isText } from './find-main.js';
import { requireShallow, requireShallowDocument } from './require-shallow.js';

const blockLevel = new Set(
  (
    'address article blockquote body caption center dd details dialog div dl dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary ' +
    'table tbody td tfoot th thead tr ul'
  ).split(' '),
);

const levelOf = (name: string) => Number(/^h([1-6])$/.exec(name)?.[1] ?? 0);

const isAround = (character: string | undefined) => character === ' ' || character === '|';

/** Without the spaces and cell marks around it. */
function trimCells(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isAround(text[start])) start += 1;
  while (end > start && isAround(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

/** Text as it is shown: cells of a row in one line, and spaces as one. */
const tidy = (text: string) => trimCells(text.replace(/\s+/g, ' ')).replace(/\|(?: ?\|)+/g, '|');

/** Collects what stands in one line until a block begins or ends. */
function createWriter() {
  const blocks: Block[] = [];
  let line = '';
  let level = 0;
  let prefix = '';
  return {
    blocks,
    write: (text: string) => void (line += text),
    mark: (text: string) => void (prefix = text),
    headingOf: (wanted: number) => void (level = wanted),
    flush() {
      const text = tidy(line);
      if (text !== '') {
        blocks.push(
          level > 0 ? { kind: 'heading', level, text } : { kind: 'text', text: prefix + text },
        );
        prefix = '';
      }
      line = '';
    },
  };
}

type Writer = ReturnType<typeof createWriter>;

function enter(writer: Writer, { name }: Element): void {
  if (name === 'br') writer.write(' ');
  if (name === 'td' || name === 'th') writer.write(' | ');
  else if (blockLevel.has(name)) writer.flush();
  if (levelOf(name) > 0) writer.headingOf(levelOf(name));
  if (name === 'li') writer.mark('- ');
}

function leave(writer: Writer, { name }: Element): void {
  if (blockLevel.has(name) && name !== 'td' && name !== 'th') writer.flush();
  if (levelOf(name) > 0) writer.headingOf(0);
  if (name === 'li') writer.mark('');
}

/** Walks without recursion: pages may be nested as deep as they like. */
function walk(root: Element | Document, writer: Writer): void {
  const steps: (AnyNode | { end: Element })[] = [...root.children].reverse();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('end' in step) {
      leave(writer, step.end);
    } else if (isText(step)) {
      writer.write(step.data);
    } else if (isElement(step)) {
      enter(writer, step);
      steps.push({ end: step });
      for (let index = step.children.length - 1; index >= 0; index -= 1) {
        const child = step.children[index];
        if (child) steps.push(child);
      }
    }
  }
  writer.flush();
}

/** A page's title, its main text with the headings that are in it, and what else there is. */
export type PageText = { title: string; blocks: Block[]; leftOut: LeftOut[] };

/**
 * Reads a page of HTML: its main text, without navigation, scripts, forms and addresses of links.
 * @param shown the page's address for messages
 * @throws KnowledgeError `page_not_html` where elements are nested too deep
 */
export function blocksOfPage(html: string, shown: string): PageText {
  requireShallow(html, shown);
  const $ = load(html);
  requireShallowDocument($.root().get(0) as Document, shown);
  const writer = createWriter();
  const title = tidy($('title').first().text() || $('h1').first().text());
  const leftOut = createLeftOut();
  walk(findMain($, leftOut.add), writer);
  return { title, blocks: writer.blocks, leftOut: leftOut.all() };
}
