import type { Block } from './block.js';
import { blocksOfText } from './blocks-of-text.js';

/** A text that was typed in, under its name or the question that it answers. */
export function blocksOfEntry(name: string, content: string): Block[] {
  return [{ kind: 'heading', level: 0, text: name }, ...blocksOfText(content)];
}
