import { isJsonObject, type Json, type JsonObject } from '@crmflow/contracts';
import { parseJson } from '../text/parse-json.js';
import { AiError } from './ai-error.js';
import { errorOfOpenAi, type OpenAiFault } from './openai-error.js';
import type { CallingMessage } from './openai-messages.js';
import type { AnswerEnd } from './provider.js';

type CallPiece = { index?: number; id?: string; function?: { name?: string; arguments?: string } };

/** One event of the stream; all of it may be missing. */
type ChatEvent = {
  model?: string;
  choices?: {
    delta?: { content?: string | null; tool_calls?: CallPiece[] };
    finish_reason?: string | null;
  }[];
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null;
  error?: OpenAiFault;
};

/** Models write any text as arguments. Other values than objects match no schema, and the model is told so. */
function argsOf(text: string): JsonObject {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** In the one word that the others know; every other reason stays the server's. */
const reasons: { [reason: string]: string } = { length: 'MAX_TOKENS', stop: 'STOP' };

/** Reads an answer event by event. */
export function createChatReader(where: string) {
  let text = '';
  let finish: string | undefined;
  let answered: string | undefined;
  let usage = { inputTokens: 0, outputTokens: 0 };
  const calls = new Map<number, CallingMessage['tool_calls'][number]>();

  function readCall({ index = calls.size, id, function: piece }: CallPiece): void {
    const known = calls.get(index) ?? {
      ...{ id: id ?? `call_${index}`, type: 'function' },
      function: { name: '', arguments: '' },
    };
    known.function.name += piece?.name ?? '';
    known.function.arguments += piece?.arguments ?? '';
    calls.set(index, known);
  }

  return {
    /**
     * @returns the event's text, often ''
     * @throws AiError for an error inside the stream, or for an answer that was withheld
     */
    read(data: string): string {
      let event: ChatEvent;
      try {
        event = JSON.parse(data) as ChatEvent;
      } catch {
        throw new AiError('ai_interrupted', `The response of ${where} was interrupted.`);
      }
      if (event.error) throw errorOfOpenAi(500, event.error, where);
      answered = event.model ?? answered;
      if (event.usage) {
        const { prompt_tokens: inputTokens = 0, completion_tokens: outputTokens = 0 } = event.usage;
        usage = { inputTokens, outputTokens };
      }
      const [choice] = event.choices ?? [];
      for (const piece of choice?.delta?.tool_calls ?? []) readCall(piece);
      finish = choice?.finish_reason ?? finish;
      if (finish === 'content_filter') {
        const message = `${where} blocked its response (${finish}). Change the prompt, or connect the error handle.`;
        throw new AiError('ai_blocked', message);
      }
      const more = choice?.delta?.content ?? '';
      text += more;
      return more;
    },
    /** @returns null where the stream ended before the answer did */
    end(model: string): AnswerEnd | null {
      if (finish === undefined) return null;
      const asked = [...calls.values()];
      const turn = { role: 'assistant', content: text === '' ? null : text, tool_calls: asked };
      return {
        ...{ usage, model: answered ?? model, finishReason: reasons[finish] ?? finish },
        ...(asked.length > 0 && {
          calls: asked.map(({ function: { name, arguments: args } }) => ({
            name,
            args: argsOf(args),
          })),
          turn: turn as unknown as Json,
        }),
      };
    },
  };
}
