import type { LeftOut } from '@crmflow/contracts';
import { type Block, blocksOfText } from '@crmflow/db/passages';
import { createLeftOut } from '../left-out.js';
import { isReadable } from './is-readable.js';

/** Lines above and below the text of each page; of a short one only the outermost. */
const edge = 2;
const shortPage = 6;
const minPages = 4;
const share = 0.6;

/** A sum of money is never a running title, however often it stands there. */
const money = /\p{Sc}|\b(?:EUR|USD|CHF|GBP|CZK|PLN|JPY)\b/u;

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const figuresOf = (line: string) => (line.match(/\d+/g) ?? []).map(Number);
const plain = (line: string) => line.trim().replace(/\s+/g, ' ');
const shapeOf = (line: string) => plain(line).replace(/\d+/g, '#');

function atEdges(lines: readonly string[]): string[] {
  const count = lines.length > shortPage ? edge : 1;
  return [...lines.slice(0, count), ...lines.slice(-count)];
}

type Seen = { page: number; line: string };

/**
 * Whether lines of one shape are numbers of pages: their figures are the same on all pages but for
 * one, which goes up with the pages.
 */
function countsPages(seen: readonly Seen[]): boolean {
  const [first] = seen;
  const figures = figuresOf(first?.line ?? '');
  const going = figures.filter((figure, at) =>
    seen.some(({ line }) => figuresOf(line)[at] !== figure),
  ).length;
  if (going !== 1) return false;
  return figures.some((figure, at) =>
    seen.every(
      ({ page, line }) => (figuresOf(line)[at] ?? NaN) - page === figure - (first?.page ?? 0),
    ),
  );
}

/** The lines that stand at the edge of most pages: those that are the same there, and those that count pages. */
function runningLines(pages: readonly string[]): { titles: Set<string>; counts: Set<string> } {
  const byShape = new Map<string, Seen[]>();
  for (const [page, text] of pages.entries()) {
    const lines = linesOf(text);
    const atEdge = new Map(atEdges(lines).map((line) => [shapeOf(line), line]));
    for (const [shape, line] of atEdge) {
      if (money.test(line)) continue;
      const seen = byShape.get(shape) ?? [];
      seen.push({ page, line: plain(line) });
      byShape.set(shape, seen);
    }
  }
  const enough = pages.length < minPages ? Infinity : share * pages.length;
  const titles = new Set<string>();
  const counts = new Set<string>();
  for (const seen of byShape.values()) {
    if (seen.length < enough) continue;
    const isSame = seen.every(({ line }) => line === seen[0]?.line);
    if (isSame) titles.add(seen[0]?.line ?? '');
    else if (countsPages(seen)) for (const { line } of seen) counts.add(line);
  }
  return { titles, counts };
}

const hasWord = (text: string) => /[\p{L}\p{N}]{2}/u.test(text);

/** A page without its running lines; a page that has nothing else keeps them. */
function withoutRunning(page: string, running: ReadonlySet<string>): [string, string[]] {
  const lines = page.split('\n');
  const edges = new Set(atEdges(linesOf(page)));
  const isRunning = (line: string) => edges.has(line) && running.has(plain(line));
  const kept = lines.filter((line) => !isRunning(line)).join('\n');
  return hasWord(kept) ? [kept, lines.filter(isRunning)] : [page, []];
}

const isOpen = (text: string) => !/[.!?:…]["”»)]?$/.test(text);

/**
 * The blocks of a document's pages: without what repeats at the edges of pages, and with
 * paragraphs that go on overleaf made whole. Pages whose letters stand for others are left out. A
 * running title is read where it stands first.
 */
export function blocksOfPages(pages: readonly string[]): { blocks: Block[]; leftOut: LeftOut[] } {
  const readable = pages.map((page) => (isReadable(page) ? page : ''));
  const { titles, counts } = runningLines(readable);
  const leftOut = createLeftOut();
  const running = new Set(counts);
  const blocks: Block[] = [];
  for (const [index, page] of pages.entries()) {
    const number = index + 1;
    if (!hasWord(page)) leftOut.add('image', '', number);
    else if (readable[index] === '') leftOut.add('unreadable', page, number);
    const [kept, removed] = withoutRunning(readable[index] ?? '', running);
    for (const line of linesOf(kept)) if (titles.has(plain(line))) running.add(plain(line));
    for (const line of removed) leftOut.add('running_line', plain(line), number);
    const [first, ...rest] = blocksOfText(kept, number);
    if (!first) continue;
    const last = blocks.at(-1);
    const goesOn =
      last?.kind === 'text' &&
      first.kind === 'text' &&
      isOpen(last.text) &&
      /^\p{Ll}/u.test(first.text);
    if (goesOn) last.text += ` ${first.text}`;
    else blocks.push(first);
    blocks.push(...rest);
  }
  return { blocks, leftOut: leftOut.all() };
}
