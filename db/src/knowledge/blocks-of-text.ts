import type { Block } from './block.js';

const markdownHeading = /^(#{1,6})\s+(.+?)\s*#*$/;
const numberedHeading = /^((?:\d{1,2}\.)*\d{1,2})\.?\s+(\p{Lu}.{1,80})$/u;
const listItem = /^(?:[-*•‣◦–]|\d{1,3}[.)]|[a-z]\))\s+/;
const endsSentence = /[.!?:;,…"”»)\]]$/;
const maxHeading = 80;

/** Whether a line can be a heading by its looks: short, capitalised, and no sentence. */
function looksLikeHeading(line: string): boolean {
  if (line.length > maxHeading || line.length < 3 || listItem.test(line)) return false;
  if (endsSentence.test(line) && !line.endsWith('?')) return false;
  return /^[\p{Lu}\p{N}¿¡„“"]/u.test(line) && /\p{L}{2}/u.test(line);
}

function headingOf(line: string): { level: number; text: string } | null {
  const markdown = markdownHeading.exec(line);
  if (markdown) return { level: markdown[1]?.length ?? 1, text: markdown[2] ?? '' };
  const numbered = numberedHeading.exec(line);
  if (numbered && !endsSentence.test(line)) {
    return { level: 1 + (numbered[1]?.split('.').length ?? 1), text: line };
  }
  return null;
}

/** Lines that belong together, with a word that was divided at a line's end made whole. */
function joined(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (text === '') return line;
    if (/\p{L}-$/u.test(text) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    return `${text} ${line}`;
  }, '');
}

/** Whether a paragraph ends with a line: the next begins another, or the line was left short. */
function endsParagraph(line: string, next: string | undefined, width: number): boolean {
  if (next === undefined || next === '' || listItem.test(next) || headingOf(next)) return true;
  return line.length < 0.75 * width && /[.!?:…]["”»)]?$/.test(line);
}

/**
 * Reads the structure of a plain text: headings of Markdown, numbered ones and lines that stand as
 * headings do; paragraphs between blank lines, or where a line was left short; items of lists.
 * @param page the page that it is of, from 1
 */
export function blocksOfText(text: string, page?: number): Block[] {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/\s+/g, ' ').trim());
  const width = Math.max(0, ...lines.map(({ length }) => length));
  const blocks: Block[] = [];
  const at = page === undefined ? {} : { page };
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) blocks.push({ kind: 'text', text: joined(open), ...at });
    open = [];
  };
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (line === '') {
      close();
      continue;
    }
    const heading = headingOf(line);
    const alone = open.length === 0 && next !== undefined && next !== '';
    if (heading) {
      close();
      blocks.push({ kind: 'heading', ...heading, ...at });
    } else if (alone && looksLikeHeading(line) && next.length > line.length) {
      blocks.push({ kind: 'heading', level: 2, text: line, ...at });
    } else if (
      open.length === 0 &&
      next === '' &&
      looksLikeHeading(line) &&
      hasMore(lines, index)
    ) {
      blocks.push({ kind: 'heading', level: 2, text: line, ...at });
    } else {
      open.push(line);
      if (endsParagraph(line, next, width)) close();
    }
  }
  close();
  return blocks;
}

/** Whether text follows after a blank line: a heading has something to stand above. */
function hasMore(lines: readonly string[], index: number): boolean {
  const next = lines.slice(index + 1).find((line) => line !== '');
  return next !== undefined && next.length > (lines[index]?.length ?? 0);
}
