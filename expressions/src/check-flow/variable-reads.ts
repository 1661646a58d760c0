import { type FlowNode, formatPath, type Json } from '@crmflow/contracts';
import { childrenOf, type Node, parse } from '../cel/parse.js';
import { FlowFault } from '../fault.js';
import { parseTemplate } from '../template/parse.js';

/** A variable that a field reads, and where in it. */
export type VariableRead = { name: string; field: string; offset: number };

/** The variables that a node reads, and those that it asks for first. */
export type VariableReads = { read: VariableRead[]; tested: string[] };

/** Data that holds no expressions, whatever braces are in it. */
const plain = new Set([
  ...['choices', 'pattern', 'schema', 'collect', 'parameters', 'description', 'name', 'handle'],
  ...['variable', 'saveAs', 'model', 'knowledge', 'secret'],
]);

type Source = { field: string; source: string; offset: number };

function expressionsOf(template: string, field: string): Source[] {
  try {
    return parseTemplate(template).flatMap((part) =>
      'text' in part ? [] : [{ field, source: part.expression, offset: part.offset }],
    );
  } catch (error) {
    // What is wrong with it is an issue of its own.
    if (error instanceof FlowFault) return [];
    throw error;
  }
}

function sourcesIn(value: Json | undefined, path: readonly (string | number)[]): Source[] {
  const field = formatPath(path);
  if (typeof value === 'string') {
    const isCondition = path[0] === 'cases' && path.at(-1) === 'when';
    return isCondition ? [{ field, source: value, offset: 0 }] : expressionsOf(value, field);
  }
  if (typeof value !== 'object' || value === null) return [];
  const isUsers = path[0] === 'body' || path[0] === 'headers' || path[0] === 'query';
  const isValue = isUsers || path.at(2) === 'value';
  const entries: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, inner]) =>
    !isValue && plain.has(String(key)) ? [] : sourcesIn(inner, [...path, key]),
  );
}

const isVars = (node: Node) => node.op === 'id' && node.args === 'vars';

/** The name of `vars.name` and of `vars["name"]`. */
function nameIn(node: Node): string | undefined {
  if (node.op === '.' && isVars(node.args[0])) return node.args[1];
  if (node.op !== '[]' || !isVars(node.args[0])) return undefined;
  const [, key] = node.args;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
}

/** The name that `has(vars.name)` and `"name" in vars` ask for. */
function testedIn(node: Node): string | undefined {
  if (node.op === 'call' && node.args[0] === 'has') {
    const [inside] = node.args[1];
    return inside && nameIn(inside);
  }
  if (node.op !== 'in' || !isVars(node.args[1])) return undefined;
  const [key] = node.args;
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
}

function parsed(source: string): Node | undefined {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof FlowFault) return undefined;
    throw error;
  }
}

/** The variables that the templates and conditions of a node read. */
export function readsOf(node: FlowNode): VariableReads {
  const reads: VariableReads = { read: [], tested: [] };
  for (const { field, source, offset } of sourcesIn(node.data as Json, [])) {
    const root = parsed(source);
    const left = root ? [root] : [];
    for (const part of left) {
      const tested = testedIn(part);
      const name = nameIn(part);
      if (tested !== undefined) reads.tested.push(tested);
      if (name !== undefined) reads.read.push({ name, field, offset: offset + part.start });
      left.push(...childrenOf(part));
    }
  }
  return reads;
}
