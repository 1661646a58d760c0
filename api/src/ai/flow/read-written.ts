import { jsonrepair } from 'jsonrepair';
import { isJsonObject, type Json, type JsonObject } from '@crmflow/contracts';
import { objectsIn } from './to-data.js';

/** A flow as a model wrote it, or the reason why its answer cannot be read as one. */
export type Read = { written: JsonObject } | { fault: string };

const closings = (text: string) => text.match(/[\]}]/g)?.length ?? 0;

/** JSON, also as models write it: with comments, single quotes, a comma too many, Python's words. */
function parse(text: string, isCut: boolean): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    if (isCut) return undefined;
  }
  try {
    const repaired = jsonrepair(text);
    // A flow that ends in the middle could be closed too, but would not be the one that was meant.
    return closings(repaired) > closings(text) ? undefined : (JSON.parse(repaired) as Json);
  } catch {
    return undefined;
  }
}

/** The first object with nodes: models wrap flows, `{"flow": {…}}`, or list one. */
function flowIn(value: Json, depth = 3): JsonObject | undefined {
  if (Array.isArray(value)) return flowIn({ ...objectsIn(value) }, depth);
  if (!isJsonObject(value)) return undefined;
  if ('nodes' in value) return value;
  if (depth === 0) return undefined;
  for (const inner of Object.values(value)) {
    const found = flowIn(inner, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/**
 * The flow in the answer of a model: fences and words around it are left out.
 * @param isCut whether the answer was cut at the model's limit
 */
export function readWritten(text: string, isCut: boolean): Read {
  const start = text.indexOf('{');
  if (start === -1) {
    return { fault: 'The answer has no JSON. Answer with the JSON of the flow only.' };
  }
  const parsed = parse(text.slice(start, text.lastIndexOf('}') + 1), isCut);
  if (parsed === undefined) {
    const fault = isCut
      ? `The answer was cut off after ${text.length} characters. Write a smaller flow with shorter texts.`
      : 'The JSON of the flow is not whole. Write the whole flow, as valid JSON.';
    return { fault };
  }
  const written = flowIn(parsed);
  return written
    ? { written }
    : { fault: 'The JSON has no nodes. Write an object with name, description, nodes and edges.' };
}
