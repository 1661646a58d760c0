import type { Content } from '@google/generative-ai';
import type { Exchange } from '@crmflow/contracts';
import { correctionOf } from './correction.js';
import { asSaid } from './quote-passages.js';
import type { AiRequest, Line } from './provider.js';

/** How much of a conversation a model is given, in UTF-16 units, the prompt included. */
const maxCharacters = 200_000;

function newest(lines: readonly Line[], budget: number): Line[] {
  let left = budget;
  let from = lines.length;
  for (let length = lines[from - 1]?.text.length; length !== undefined;) {
    if (length > left) break;
    left -= length;
    from -= 1;
    length = lines[from - 1]?.text.length;
  }
  return lines.slice(from);
}

/** What a person of the team said is marked as theirs, so that the model does not take it for its own. */
const marked = ({ role, text, name = '' }: Line): string =>
  role === 'operator' && text !== '' ? `[${name || 'A person'} of the team] ${text}` : text;

/**
 * A conversation as Gemini's turns: what the user said is `user`, all else `model`, and neighbours
 * of one side are parts of one turn. The prompt is the last part of the last turn, which is the
 * user's; passages are the part before it. Of a long conversation only the newest messages are kept, each whole.
 */
export function toGeminiContents(
  lines: readonly Line[],
  prompt: string,
  knowledge = '',
): Content[] {
  const turns: Content[] = [];
  const asked: Line[] = [
    ...newest(lines, maxCharacters - prompt.length - knowledge.length).map((line) => ({
      role: line.role,
      text: line.role === 'user' ? asSaid(line.text) : marked(line),
    })),
    { role: 'user', text: knowledge },
    { role: 'user', text: asSaid(prompt) },
  ];
  for (const { role, text } of asked) {
    if (text === '') continue;
    const side = role === 'user' ? 'user' : 'model';
    const last = turns.at(-1);
    if (last?.role === side) last.parts.push({ text });
    else turns.push({ role: side, parts: [{ text }] });
  }
  return turns;
}

/** The calls in a turn of the model; newer models number them, and want the numbers back. */
function callsOf(turn: Content): { name?: string; id?: string }[] {
  return turn.parts.flatMap(({ functionCall }) => functionCall ?? []);
}

/** The turn of another provider has other words: the same calls, without what it alone understands. */
function contentOf(turn: Exchange['turn'], results: Exchange['results']): Content {
  if (typeof turn === 'object' && turn !== null && 'parts' in turn) {
    return turn as unknown as Content;
  }
  return {
    role: 'model',
    parts: results.map(({ name }) => ({ functionCall: { name, args: {} } })),
  };
}

/** What a model has called and got, as turns after those of the conversation. */
export function toGeminiExchanges(exchanges: readonly Exchange[]): Content[] {
  return exchanges.flatMap(({ turn, results }) => {
    const asked = contentOf(turn, results);
    const calls = callsOf(asked);
    const parts = results.map(({ name, result }) => {
      const at = calls.findIndex((call) => call.name === name);
      const [call] = at === -1 ? [] : calls.splice(at, 1);
      const functionResponse = { ...(call?.id !== undefined && { id: call.id }), name };
      return { functionResponse: { ...functionResponse, response: result } };
    });
    return [asked, { role: 'user', parts }];
  });
}

/** What was wrong with the model's answer, as turns after all others. */
export function toGeminiCorrection(correction: AiRequest['correction']): Content[] {
  if (!correction) return [];
  const { answer, request } = correctionOf(correction);
  return [
    { role: 'model', parts: [{ text: answer }] },
    { role: 'user', parts: [{ text: request }] },
  ];
}
