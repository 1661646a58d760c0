import type { Block } from './block.js';

const markdownHeading = /^(#{1,6}) (.+)$/;
const numberedHeading = /^((?:\d{1,2}\.)*\d{1,2})\.?\s+(\p{Lu}.{1,80})$/u;
const listItem = /^(?:[-*•‣◦–]|\d{1,3}[.)]|[a-z]\))\s+/;
const endsSentence = /[.!?:;,…"”»)\]]$/;
const maxHeading = 80;
/** A line that ends so goes on in the next: a word was divided, or the next one is missing. */
const goesOn =
  /[-\u00ad\u2010]$|\s(?:the|an?|of|to|in|on|for|and|or|with|by|der|die|das|den|dem|des|ein|eine|einer|einem|einen|und|oder|von|zu|zum|zur|im|am|mit|für|auf|bei|le|la|les|du|de|des|et|ou|el|los|las|y|del|di|il|e|o)$/iu;
/** Words that join two to one: the hyphen before them stays. */
const joins = /^(?:und|oder|bzw|sowie|bis|and|or|to|et|ou|y|o|e|en|of)\b/u;

/** Whether a line can be a heading by its looks: short, capitalised, and no sentence. */
function looksLikeHeading(line: string): boolean {
  if (line.length > maxHeading || line.length < 3 || listItem.test(line)) return false;
  if (goesOn.test(line)) return false;
  if (endsSentence.test(line) && !line.endsWith('?')) return false;
  return /^[\p{Lu}\p{N}¿¡„“"]/u.test(line) && /\p{L}{2}/u.test(line);
}

/** Without the hashes that Markdown lets a heading end with. */
function withoutHashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end -= 1;
  return text.slice(0, end).trimEnd() || text;
}

function headingOf(line: string): { level: number; text: string } | null {
  const [, hashes, text] = markdownHeading.exec(line) ?? [];
  if (hashes && text) return { level: hashes.length, text: withoutHashes(text) };
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
    if (!/\p{L}[-\u00ad\u2010]$/u.test(text.slice(-3))) return `${text} ${line}`;
    if (joins.test(line)) return `${text} ${line}`;
    if (/^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    if (/^[\p{Lu}\p{N}]/u.test(line)) return text + line;
    return `${text} ${line}`;
  }, '');
}

/** Whether a paragraph ends with a line: the next begins another, or the line was left short. */
function endsParagraph(line: string, next: string | undefined, width: number): boolean {
  if (next === undefined || next === '' || listItem.test(next) || headingOf(next)) return true;
  return line.length < 0.75 * width && /[.!?:…]["”»)]?$/.test(line);
}

/** For each line the length of the first line with text below it: a heading stands above something. */
function lengthsThatFollow(lines: readonly string[]): number[] {
  const lengths = new Array<number>(lines.length);
  let below = 0;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    lengths[index] = below;
    below = lines[index]?.length || below;
  }
  return lengths;
}

/**
 * Whether a line stands above the next as headings do: shorter, and short beside the lines of the
 * text. One that is filled to the end is the first of a sentence.
 */
function standsAbove(line: string, next: string, width: number): boolean {
  return next.length > line.length && line.length < 0.75 * width && !/^\p{Ll}/u.test(next);
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
  const width = lines.reduce((most, { length }) => Math.max(most, length), 0);
  const following = lengthsThatFollow(lines);
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
    } else if (alone && looksLikeHeading(line) && standsAbove(line, next, width)) {
      blocks.push({ kind: 'heading', level: 2, text: line, ...at });
    } else if (
      open.length === 0 &&
      next === '' &&
      looksLikeHeading(line) &&
      (following[index] ?? 0) > line.length
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
