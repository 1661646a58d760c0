import { z } from 'zod';

/** What cuts texts into the pieces of a model. */
export type Vocabulary = {
  /** Each piece with the logarithm of its probability; its place is its number. */
  pieces: readonly (readonly [piece: string, score: number])[];
  marks: { begin: number; end: number; pad: number; unknown: number };
};

const fileSchema = z.object({
  added_tokens: z.array(z.object({ id: z.int(), content: z.string() })),
  model: z.object({
    type: z.literal('Unigram'),
    unk_id: z.int(),
    vocab: z.array(z.tuple([z.string(), z.number()])),
  }),
});

/**
 * Reads a vocabulary from a tokenizer.json, as models of this kind come with.
 * @throws Error where it is none
 */
export function readVocabulary(json: string): Vocabulary {
  const { added_tokens: added, model } = fileSchema.parse(JSON.parse(json));
  const numberOf = (mark: string) => {
    const found = added.find(({ content }) => content === mark);
    if (!found) throw new Error(`The vocabulary has no ${mark}.`);
    return found.id;
  };
  const marks = { begin: numberOf('<s>'), end: numberOf('</s>'), pad: numberOf('<pad>') };
  return { pieces: model.vocab, marks: { ...marks, unknown: model.unk_id } };
}

/** A vocabulary as a tokenizer.json that `readVocabulary` reads. */
export function writeVocabulary({ pieces, marks: { begin, end, pad, unknown } }: Vocabulary) {
  const added = [
    { id: begin, content: '<s>' },
    { id: end, content: '</s>' },
    { id: pad, content: '<pad>' },
  ];
  return JSON.stringify({
    added_tokens: added,
    model: { type: 'Unigram', unk_id: unknown, vocab: pieces },
  });
}

/** Stands for the space before a word. */
const space = '\u2581';
/** An unknown letter is worse than the worst piece by so much, as the model was trained. */
const unknownPenalty = 10;

/** The text as the model was trained on it: compatible forms are one, and so are all spaces. */
function normalize(text: string): string {
  const clean = text.replace(/\p{Cc}/gu, ' ').normalize('NFKC');
  return clean.replace(/\s+/gu, ' ').trim();
}

/** The most likely way to cut a text into pieces (Viterbi's). */
function createCut({ pieces, marks }: Vocabulary) {
  const numbers = new Map(pieces.map(([piece], index) => [piece, index]));
  let longest = 0;
  let worst = 0;
  for (const [piece, score] of pieces) {
    longest = Math.max(longest, piece.length);
    worst = Math.min(worst, score);
  }
  const unknownScore = worst - unknownPenalty;
  return (text: string): number[] => {
    const end = text.length;
    const best = new Float64Array(end + 1).fill(-Infinity);
    const from = new Int32Array(end + 1);
    const number = new Int32Array(end + 1);
    best[0] = 0;
    const offer = (at: number, until: number, one: number, score: number) => {
      const sum = (best[at] ?? 0) + score;
      if (sum <= (best[until] ?? 0)) return;
      best[until] = sum;
      from[until] = at;
      number[until] = one;
    };
    for (let at = 0; at < end; at += 1) {
      if (best[at] === -Infinity) continue;
      const letter = (text.codePointAt(at) ?? 0) > 0xff_ff ? 2 : 1;
      offer(at, at + letter, marks.unknown, unknownScore);
      for (let until = at + 1; until <= Math.min(end, at + longest); until += 1) {
        const one = numbers.get(text.slice(at, until));
        if (one !== undefined && one !== marks.unknown) {
          offer(at, until, one, pieces[one]?.[1] ?? 0);
        }
      }
    }
    const found: number[] = [];
    for (let at = end; at > 0; at = from[at] ?? 0) found.push(number[at] ?? 0);
    return found.reverse();
  };
}

/**
 * Cuts texts into the numbers of a model's pieces, begin and end marked. Words are cut one by one,
 * since no piece goes over a space, so that a text costs what its words do.
 */
export function createTokenizer(
  vocabulary: Vocabulary,
): (text: string, maxTokens: number) => number[] {
  const cut = createCut(vocabulary);
  const { begin, end } = vocabulary.marks;
  return (text, maxTokens) => {
    const numbers: number[] = [];
    for (const word of normalize(text).split(' ')) {
      if (numbers.length >= maxTokens) break;
      numbers.push(...cut(`${space}${word}`));
    }
    return [begin, ...numbers.slice(0, maxTokens - 2), end];
  };
}
