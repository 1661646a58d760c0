import { type GeminiSchema, schemaFault } from './fake-gemini-schema.js';

type Part = {
  text?: string;
  functionCall?: { name: string; args?: object };
  functionResponse?: { name: string; response: object };
};

/** What of a request is about functions. */
export type GeminiTools = {
  contents?: { role?: string; parts?: Part[] }[];
  tools?: {
    functionDeclarations?: { name: string; description?: string; parameters?: GeminiSchema }[];
  }[];
  toolConfig?: { functionCallingConfig?: { mode?: string } };
  generationConfig?: { responseMimeType?: string };
};

const calledIn = (parts: readonly Part[] = []) =>
  parts.flatMap(({ functionCall }) => (functionCall ? [functionCall.name] : []));

const answeredIn = (parts: readonly Part[] = []) =>
  parts.flatMap(({ functionResponse }) => (functionResponse ? [functionResponse.name] : []));

/** What Gemini would refuse of a request's functions, as its API words it. */
export function toolsFault(body: GeminiTools): string | undefined {
  const declared = (body.tools ?? []).flatMap(
    ({ functionDeclarations = [] }) => functionDeclarations,
  );
  if (declared.length > 0 && body.generationConfig?.responseMimeType === 'application/json') {
    return "Function calling with a response mime type: 'application/json' is unsupported";
  }
  for (const { name, parameters } of declared) {
    if (!/^[A-Za-z_][\w.-]{0,63}$/.test(name)) return `Invalid function name: ${name}`;
    const fault = parameters && schemaFault(parameters, `function_declarations.${name}.parameters`);
    if (fault) return fault;
  }
  if (new Set(declared.map(({ name }) => name)).size < declared.length) {
    return 'Duplicate function declaration found';
  }
  const turns = body.contents ?? [];
  for (const [index, { parts }] of turns.entries()) {
    const answers = answeredIn(turns[index + 1]?.parts).join();
    const calls = calledIn(parts).join();
    if (calls !== answers) {
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.';
    }
  }
  return answeredIn(turns[0]?.parts).length > 0
    ? 'Please ensure that function response turn comes immediately after a function call turn.'
    : undefined;
}
