import { type Block, blocksOfText } from '@crmflow/db/passages';

/** What is above and below the text of each page. */
const edge = 2;
const minPages = 4;
const share = 0.6;

const shapeOf = (line: string) => line.trim().replace(/\d+/g, '#');
const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

/** The lines that stand at the edge of most pages: running titles, numbers of pages. */
function runningLines(pages: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const lines = linesOf(page);
    const atEdge = new Set([...lines.slice(0, edge), ...lines.slice(-edge)].map(shapeOf));
    for (const shape of atEdge) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const enough = pages.length < minPages ? Infinity : share * pages.length;
  return new Set([...counts].filter(([, count]) => count >= enough).map(([shape]) => shape));
}

function withoutRunning(page: string, running: ReadonlySet<string>): string {
  const lines = page.split('\n');
  const kept = lines.filter((line, index) => {
    const isEdge = index <= edge || index >= lines.length - edge - 1;
    return !isEdge || !running.has(shapeOf(line));
  });
  return kept.join('\n');
}

const isOpen = (text: string) => !/[.!?:…]["”»)]?$/.test(text);

/**
 * The blocks of a document's pages: without what repeats at the edges of pages, and with
 * paragraphs that go on overleaf made whole.
 */
export function blocksOfPages(pages: readonly string[]): Block[] {
  const running = runningLines(pages);
  const blocks: Block[] = [];
  for (const [index, page] of pages.entries()) {
    const [first, ...rest] = blocksOfText(withoutRunning(page, running), index + 1);
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
  return blocks;
}
