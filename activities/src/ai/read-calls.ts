import {
  type JsonObject,
  jsonBytes,
  limits,
  type ModelCall,
  type ModelFunction,
  storable,
} from '@crmflow/contracts';
import { CallError } from '../call/call-error.js';
import { valueFault } from './answer-value.js';
import type { AnswerEnd, AskedCall } from './provider.js';

/** Variables that the author has not left to the model stay the flow's. */
function declared(args: JsonObject, parameters: JsonObject = {}): JsonObject {
  const properties = Object.keys((parameters['properties'] ?? {}) as JsonObject);
  const kept = properties.filter((name) => Object.hasOwn(args, name));
  return storable(Object.fromEntries(kept.map((name) => [name, args[name] ?? null])));
}

function read(asked: AskedCall, functions: readonly ModelFunction[]): ModelCall {
  const called = functions.find(({ name }) => name === asked.name);
  const name = asked.name.slice(0, 100);
  if (!called) return { name, args: {}, fault: `There is no function "${name}".` };
  const { parameters } = called;
  const call = { name, args: declared(asked.args, parameters) };
  const fault = parameters ? valueFault(parameters, call.args) : null;
  return fault === null
    ? call
    : { ...call, fault: `The arguments do not match the schema: ${fault}.` };
}

/**
 * The calls that a model asks for, each with what is wrong with it.
 * @throws CallError `value_too_large` where its turn is larger than 64 kB
 */
export function readCalls(
  { calls = [], turn = null }: AnswerEnd,
  functions: readonly ModelFunction[],
): ModelCall[] {
  if (calls.length > 0 && jsonBytes(turn) > limits.valueBytes) {
    const message = `The model calls functions with more than ${limits.valueBytes / 1000} kB of arguments. Ask it for shorter arguments.`;
    throw new CallError('value_too_large', message, { retryable: false });
  }
  return calls.map((call) => read(call, functions));
}
