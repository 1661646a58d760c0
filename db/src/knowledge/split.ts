import type { Block, Passage } from './block.js';
import { sentencesOf } from './sentences.js';

/** What a passage should have, and the most that it may have, in characters. */
const target = 900;
const most = 1_400;
const maxHeading = 200;

/** The headings above a place, the document's title first. */
function createTrail() {
  const above: { level: number; text: string }[] = [];
  return {
    enter(level: number, text: string) {
      while ((above.at(-1)?.level ?? -1) >= level) above.pop();
      above.push({ level, text });
    },
    told(): string {
      const texts = above.map(({ text }) => text);
      const distinct = texts.filter((text, index) => text !== texts[index - 1]);
      return distinct.join(' › ').slice(-maxHeading);
    },
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

/**
 * Splits a document into passages at its headings and paragraphs; only a paragraph that is too long
 * is cut, and that between sentences. A passage keeps the headings above it and the page on which
 * it begins.
 */
export function splitBlocks(blocks: readonly Block[]): Passage[] {
  const passages: Passage[] = [];
  const trail = createTrail();
  let open: Passage | null = null;
  const close = () => {
    if (open) passages.push(open);
    open = null;
  };
  const add = (text: string, page: number | undefined) => {
    if (open && open.text.length + text.length > target) close();
    if (open) {
      open.text += `\n${text}`;
      return;
    }
    const heading = trail.told();
    open = { text, ...(heading !== '' && { heading }), ...(page !== undefined && { page }) };
  };
  for (const block of blocks) {
    const text = block.text.trim();
    if (text === '') continue;
    if (block.kind === 'heading') {
      close();
      trail.enter(block.level, text);
    } else {
      for (const part of partsOf(text)) add(part, block.page);
    }
  }
  close();
  return passages;
}
