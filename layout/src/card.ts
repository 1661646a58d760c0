import type { FlowNodeInput } from '@crmflow/contracts';
import { handlesOf, readableData } from '@crmflow/contracts/nodes';
import { linesOf, widthOf } from './text-size.js';

/**
 * Which way a drawing runs: from top to bottom, with cards as high as what they say, or from left to
 * right, with cards of one line.
 */
export type Direction = 'down' | 'right';

/** A place or a way, in units of the canvas. */
export type Point = { x: number; y: number };

/** The side of a card by which a wire leaves it. */
export type Side = 'bottom' | 'right';

/** A card's widths, in units of the canvas. */
export const cardWidths = { down: 300, right: 232 } as const satisfies Record<Direction, number>;

/**
 * Where the line runs that a conversation takes in general: as far from the upper left corner of a
 * card as the middle of its sign. So a chain is straight, however many ways out its cards have.
 */
export const spine = 32;

/** Cards that run to the right: a head, and a row for each handle where there are several. */
const flat = { head: 64, row: 26, foot: 8 };

/** Cards that run down. Their stylesheet uses the same sizes. */
const tall = {
  head: 52,
  line: 20,
  chip: 28,
  row: 26,
  /** The line of a question that says which reply is awaited. */
  reply: 36,
  foot: 12,
  strip: 30,
  /** Of the words in a card. */
  inner: 268,
  /** Between two handles at the foot, at most. */
  handleStep: 90,
  /** From one way out for exceptions to the next one. */
  exceptionStep: 24,
};

/** What a card says besides its name, as far as its height depends on it. */
export type CardContent = {
  /** Words of the flow in at most so many lines; else the studio says in one line what the node does. */
  text?: { words: string; lines: number };
  /** Replies to choose from. */
  chips: string[];
  /** How many replies have no chip for want of room. */
  moreChips: number;
  /** A condition for each case of a branch. */
  rows: { handle: string; words: string }[];
};

const expressionPattern = /\{\{([^{}]*)\}\}/g;

/** The words of a template in parts: plain ones, and what stands for a value. */
export function wordParts(words: string): { words: string; isValue: boolean }[] {
  const parts: { words: string; isValue: boolean }[] = [];
  let end = 0;
  for (const match of words.matchAll(expressionPattern)) {
    if (match.index > end) parts.push({ words: words.slice(end, match.index), isValue: false });
    parts.push({ words: (match[1] ?? '').trim().replace(/^vars\./, ''), isValue: true });
    end = match.index + match[0].length;
  }
  if (end < words.length) parts.push({ words: words.slice(end), isValue: false });
  return parts;
}

const shownWords = (words: string) =>
  wordParts(words)
    .map((part) => (part.isValue ? ` ${part.words} ` : part.words))
    .join('');

const chipsShown = 8;
const rowsShown = 12;

/** Words as they are; what is none, in data that nobody has judged yet, says nothing. */
const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function textOf({ type, data }: FlowNodeInput): CardContent['text'] {
  const inLines = (value: unknown, lines: number) => {
    const words = wordsOf(value);
    return words ? { words, lines } : undefined;
  };
  if (type === 'speak') return inLines(data.text, 4);
  if (type === 'ai') return inLines(data.converse?.goal ?? data.prompt, 3);
  if (type === 'integration' && data.kind === 'handoff') {
    return inLines(data.message ?? data.note, 2);
  }
  return undefined;
}

/** What a card says. @param reply of a question: the node that waits for the reply */
export function contentOf(node: FlowNodeInput, reply?: FlowNodeInput): CardContent {
  const text = textOf(node);
  const data: FlowNodeInput['data'] = readableData(node.data);
  const awaited = reply ? readableData<FlowNodeInput['data']>(reply.data) : data;
  const choices =
    (reply ?? node).type === 'listen' && 'choices' in awaited ? (awaited.choices ?? []) : [];
  const cases =
    node.type === 'logic' && 'cases' in data && data.kind === 'branch' ? (data.cases ?? []) : [];
  return {
    ...(text ? { text } : {}),
    chips: choices.slice(0, chipsShown).map(({ label, value }) => wordsOf(label) || wordsOf(value)),
    moreChips: Math.max(choices.length - chipsShown, 0),
    rows: cases
      .slice(0, rowsShown)
      .map(({ handle, when }) => ({ handle: wordsOf(handle), words: wordsOf(when) })),
  };
}

/** How many rows chips take, each as wide as its words and no wider than a card. */
function chipRows({ chips, moreChips }: CardContent): number {
  let rows = 0;
  let left = 0;
  for (const chip of [...chips, ...(moreChips > 0 ? [`+${moreChips}`] : [])]) {
    const width = Math.min(widthOf(chip, 12) + 22, tall.inner) + 6;
    if (rows === 0 || width > left) {
      rows += 1;
      left = tall.inner + 6;
    }
    left -= width;
  }
  return rows;
}

/** In how many lines a card says a text. */
export function textLines({ words, lines }: NonNullable<CardContent['text']>): number {
  return linesOf(shownWords(words), tall.inner, 13, lines);
}

/** Whether a handle is one for what goes wrong: the conversation seldom leaves by it. */
export const isException = (node: FlowNodeInput, handle: string): boolean =>
  node.type !== 'logic' && handle !== 'out';

/** The handles that a conversation leaves by in general, in their order. */
export const mainHandles = (node: FlowNodeInput): string[] =>
  handlesOf(node).filter((handle) => !isException(node, handle));

/** The handles for what goes wrong, in their order. */
export const exceptionHandles = (node: FlowNodeInput): string[] =>
  handlesOf(node).filter((handle) => isException(node, handle));

/** Whether each handle has a place of its own with its name; one way out needs none. */
export const hasRows = (node: FlowNodeInput, direction: Direction): boolean =>
  (direction === 'down' ? mainHandles(node) : handlesOf(node)).length > 1;

function tallHeight(node: FlowNodeInput, reply: FlowNodeInput | undefined): number {
  const content = contentOf(node, reply);
  const { text, rows } = content;
  const lines = text ? textLines(text) : rows.length > 0 ? 0 : 1;
  return (
    tall.head +
    lines * tall.line +
    chipRows(content) * tall.chip +
    rows.length * tall.row +
    (reply ? tall.reply : 0) +
    tall.foot +
    (hasRows(node, 'down') ? tall.strip : 0)
  );
}

/** A node that moves keeps its data: its height is reckoned once. */
const heights = new WeakMap<
  FlowNodeInput['data'],
  { reply: FlowNodeInput['data'] | undefined; height: number }
>();

/**
 * A card's height, reckoned and not measured: reading it from the page costs a layout per node.
 * @param reply of a question: the node that waits for the reply
 */
export function cardHeight(
  node: FlowNodeInput,
  direction: Direction,
  reply?: FlowNodeInput,
): number {
  if (direction === 'right') {
    const leaving = reply ?? node;
    const rows = hasRows(leaving, 'right') ? handlesOf(leaving).length : 0;
    return flat.head + (rows > 0 ? rows * flat.row + flat.foot : 0);
  }
  const known = heights.get(node.data);
  if (known && known.reply === reply?.data) return known.height;
  const height = tallHeight(node, reply);
  heights.set(node.data, { reply: reply?.data, height });
  return height;
}

/** Where wires end at a card, from its corner. */
export const inletPoint = (direction: Direction): Point =>
  direction === 'down' ? { x: spine, y: 0 } : { x: 0, y: spine };

/** From one handle at the foot of a card to the next one. */
export const handleStep = (handles: number): number =>
  handles < 2
    ? 0
    : Math.min(tall.handleStep, Math.floor((cardWidths.down - 2 * spine) / (handles - 1)));

/** Where a wire leaves a card. */
export type Outlet = Point & {
  side: Side;
  /** Of several side by side: how many handles are to the right of this one. */
  track?: number;
};

/**
 * Where wires leave a card by a handle, from its corner, and by which side.
 * @param reply of a question: the node that waits for the reply, by whose handles one leaves
 */
export function outletOf(
  node: FlowNodeInput,
  handle: string,
  direction: Direction,
  reply?: FlowNodeInput,
): Outlet {
  const leaving = reply ?? node;
  if (direction === 'right') {
    const row = Math.max(handlesOf(leaving).indexOf(handle), 0);
    const y = hasRows(leaving, 'right') ? flat.head + row * flat.row + flat.row / 2 : spine;
    return { x: cardWidths.right, y, side: 'right' };
  }
  const exception = exceptionHandles(leaving).indexOf(handle);
  if (exception >= 0) {
    const y = tall.head / 2 + exception * tall.exceptionStep;
    return { x: cardWidths.down, y, side: 'right' };
  }
  const mains = mainHandles(leaving);
  const index = Math.max(mains.indexOf(handle), 0);
  const x = spine + index * handleStep(mains.length);
  const track = mains.length > 1 ? { track: mains.length - 1 - index } : {};
  return { x, y: cardHeight(node, 'down', reply), side: 'bottom', ...track };
}
