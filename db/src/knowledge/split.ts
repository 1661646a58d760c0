import type { Block, Passage } from './block.js';
import { sentencesOf } from './sentences.js';

/** What a passage should have, and the most that it may have, in characters. */
const target = 900;
const most = 1_400;
const maxHeading = 200;

/** A passage with the headings above it, the document's title first. */
type Piece = { trail: string[]; text: string; page: number | undefined };

/** Keeps the headings above a place. */
function createTrail() {
  const above: { level: number; text: string }[] = [];
  return {
    enter(level: number, text: string) {
      while ((above.at(-1)?.level ?? -1) >= level) above.pop();
      above.push({ level, text });
    },
    /** The headings above the one that was entered last. */
    above: () => above.slice(0, -1).map(({ text }) => text),
    told: () => above.map(({ text }) => text).filter((text, index, all) => text !== all[index - 1]),
  };
}

/** Paragraphs stay together where they fit; a long one gives way at the ends of its sentences. */
function partsOf(text: string): string[] {
  if (text.length <= most) return [text];
  const parts: string[] = [];
  for (const sentence of sentencesOf(text, most)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length + sentence.length < target) {
      parts[parts.length - 1] = `${last} ${sentence}`;
    } else {
      parts.push(sentence);
    }
  }
  return parts;
}

/** The passages of each section by itself. */
function piecesOf(blocks: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  const trail = createTrail();
  let open: Piece | undefined;
  let unused: Extract<Block, { kind: 'heading' }> | undefined;
  const useHeading = () => {
    // A heading with nothing below it is all that its section has.
    if (unused) pieces.push({ trail: trail.above(), text: unused.text.trim(), page: unused.page });
    unused = undefined;
  };
  for (const block of blocks) {
    const text = block.text.trim();
    if (text === '') continue;
    // What is longer is a paragraph that was marked up as a heading.
    if (block.kind === 'heading' && text.length <= maxHeading) {
      open = undefined;
      if (unused && block.level <= unused.level) useHeading();
      trail.enter(block.level, text);
      unused = block.level === 0 ? undefined : block;
      continue;
    }
    unused = undefined;
    for (const part of partsOf(text)) {
      if (open && open.text.length + part.length <= target) {
        open.text += `\n${part}`;
      } else {
        open = { trail: trail.told(), text: part, page: block.page };
        pieces.push(open);
      }
    }
  }
  useHeading();
  return pieces;
}

function commonTrail(pieces: readonly Piece[]): string[] {
  const [first, ...others] = pieces.map(({ trail }) => trail);
  const end = first?.findIndex((text, index) => others.some((trail) => trail[index] !== text)) ?? 0;
  return first?.slice(0, end === -1 ? first.length : end) ?? [];
}

/** Short sections beside each other, as one passage that names each of them. */
function joined(pieces: readonly Piece[]): Passage {
  const common = commonTrail(pieces);
  const own = pieces.map(({ trail }) => trail.slice(common.length).join(' › '));
  const headings = [...new Set(own)].filter(Boolean).join(' · ');
  const heading = [...common, headings].filter(Boolean).join(' › ').slice(0, maxHeading);
  const texts = pieces.map(({ text }, index) => {
    const title = pieces.length > 1 && own[index] !== own[index - 1] ? own[index] : undefined;
    return title ? `${title}\n${text}` : text;
  });
  const page = pieces[0]?.page;
  return {
    text: texts.join('\n\n'),
    ...(heading !== '' && { heading }),
    ...(page !== undefined && { page }),
  };
}

/**
 * Splits a document into passages at its headings and paragraphs; only a paragraph that is too long
 * is cut, and that between sentences. Short sections under the same heading share a passage. Each
 * keeps the headings above it and the page on which it begins.
 */
export function splitBlocks(blocks: readonly Block[]): Passage[] {
  const passages: Piece[][] = [];
  for (const piece of piecesOf(blocks)) {
    const last = passages.at(-1);
    const length = last?.reduce((sum, { text }) => sum + text.length, piece.text.length) ?? 0;
    const together = last && length <= target && commonTrail([...last, piece]).length > 0;
    if (together) last.push(piece);
    else passages.push([piece]);
  }
  return passages.map(joined);
}
