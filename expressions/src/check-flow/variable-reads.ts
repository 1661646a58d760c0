import type { FlowNode } from '@crmflow/contracts';
import type { Node } from '../cel/parse.js';
import { expressionsIn, nodesIn, sourcesOf } from './sources.js';

/** A variable that a field reads, and where in it; and those that the node has set before. */
export type VariableRead = {
  name: string;
  field: string;
  offset: number;
  setBefore: readonly string[];
};

/** The variables that a node reads, and those that it asks for first. */
export type VariableReads = { read: VariableRead[]; tested: string[] };

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

/** The variables that the templates and conditions of a node read. */
export function readsOf(node: FlowNode): VariableReads {
  const reads: VariableReads = { read: [], tested: [] };
  for (const source of sourcesOf(node)) {
    const { field, setBefore = [] } = source;
    for (const { expression, offset } of expressionsIn(source)) {
      for (const part of nodesIn(expression)) {
        const tested = testedIn(part);
        const name = nameIn(part);
        if (tested !== undefined) reads.tested.push(tested);
        if (name !== undefined) {
          reads.read.push({ name, field, offset: offset + part.start, setBefore });
        }
      }
    }
  }
  return reads;
}
