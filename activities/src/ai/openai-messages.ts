import type { Exchange, Json, JsonObject } from '@crmflow/contracts';
import { mapSchema, typesOf } from './map-schema.js';
import { toGeminiContents, toGeminiCorrection } from './gemini-turns.js';
import type { AiRequest } from './provider.js';

type ToolCall = { id: string; type: 'function'; function: { name: string; arguments: string } };

/** A turn of the model with calls, as it came and as it is sent back. */
export type CallingMessage = {
  role: 'assistant';
  content: string | null;
  tool_calls: ToolCall[];
};

const isOurs = (turn: Json): boolean =>
  typeof turn === 'object' && turn !== null && 'tool_calls' in turn;

/** The turn of another provider has other words: the same calls, without what it alone understands. */
function callingOf({ turn, results }: Exchange): CallingMessage {
  if (isOurs(turn)) return turn as unknown as CallingMessage;
  return {
    role: 'assistant',
    content: null,
    tool_calls: results.map(({ name }, index) => ({
      ...{ id: `call_${index}`, type: 'function' },
      function: { name, arguments: '{}' },
    })),
  };
}

function messagesOf(exchange: Exchange): object[] {
  const calling = callingOf(exchange);
  const open = [...calling.tool_calls];
  const answers = exchange.results.map(({ name, result }) => {
    const at = Math.max(
      open.findIndex((call) => call.function.name === name),
      0,
    );
    const [call] = open.splice(at, 1);
    return { role: 'tool', tool_call_id: call?.id ?? name, content: JSON.stringify(result) };
  });
  return [calling, ...answers];
}

type Turn = ReturnType<typeof toGeminiContents>[number];

/** Texts of one turn stay parts of their own: which of them is whose is told by their place. */
function messageOf({ role, parts }: Turn): object {
  const texts = parts.map(({ text = '' }) => text);
  return {
    role: role === 'model' ? 'assistant' : 'user',
    content: texts.length === 1 ? texts[0] : texts.map((text) => ({ type: 'text', text })),
  };
}

function plainSchema(schema: JsonObject): JsonObject {
  const { $schema: _, nullable: __, type: ___, ...rest } = schema;
  const { types, isNullable } = typesOf(schema);
  const all = isNullable ? [...types, 'null'] : types;
  return { ...(all.length > 0 && { type: all.length === 1 ? (all[0] ?? null) : all }), ...rest };
}

/** A JSON Schema that a flow may have, without what is not of JSON Schema. */
const toJsonSchema = (schema: JsonObject) => mapSchema(schema, plainSchema);

/** The body of a request for chat completions, streamed. */
export function toChatRequest(request: AiRequest, model: string, isOpenAi: boolean): object {
  const { lines, prompt, knowledge, exchanges = [], system = '', situation = '' } = request;
  const { functions = [], schema, temperature, maxTokens, mustAnswer, correction } = request;
  const instruction = [system, situation].filter((text) => text !== '').join('\n\n');
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      ...(instruction === '' ? [] : [{ role: 'system', content: instruction }]),
      ...toGeminiContents(lines, prompt, knowledge).map(messageOf),
      ...exchanges.flatMap(messagesOf),
      ...toGeminiCorrection(correction).map(messageOf),
    ],
    ...(temperature !== undefined && { temperature }),
    // OpenAI's newer models refuse the one name, and most other servers know no other.
    ...(maxTokens !== undefined && {
      [isOpenAi ? 'max_completion_tokens' : 'max_tokens']: maxTokens,
    }),
    ...(schema && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'answer', schema: toJsonSchema(schema) },
      },
    }),
    ...(functions.length > 0 && {
      tools: functions.map(({ name, description, parameters }) => ({
        type: 'function',
        function: {
          ...{ name, description },
          parameters: parameters ? toJsonSchema(parameters) : { type: 'object', properties: {} },
        },
      })),
      ...(mustAnswer && { tool_choice: 'none' }),
    }),
  };
}
