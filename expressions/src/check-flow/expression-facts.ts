import type { FlowNode } from '@crmflow/contracts';
import type { Node } from '../cel/parse.js';
import { expressionsIn, nodesIn, sourcesOf } from './sources.js';

/** What one expression reads, each as a path such as `['vars', 'order', 'status']`, and what it names. */
export type ExpressionFacts = {
  paths: string[][];
  literals: (string | number)[];
  /** Patterns of `matches`. */
  patterns: string[];
  /** Whether it is true or false, as a whole. */
  isCondition: boolean;
};

function pathOf(node: Node): string[] | undefined {
  if (node.op === 'id') return [node.args];
  if (node.op === '.') {
    const before = pathOf(node.args[0]);
    return before && [...before, node.args[1]];
  }
  if (node.op !== '[]') return undefined;
  const [of, key] = node.args;
  const before = pathOf(of);
  const name = key.op === 'value' && typeof key.args === 'string' ? key.args : undefined;
  return before && name !== undefined ? [...before, name] : before;
}

function literalOf(node: Node): string | number | undefined {
  if (node.op !== 'value') return undefined;
  const value: unknown = node.args;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

function factsOf(expression: string, isCondition: boolean): ExpressionFacts {
  const nodes = nodesIn(expression);
  const patterns = nodes.flatMap((node) => {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return [];
    const [pattern] = node.args[2];
    const text = pattern && literalOf(pattern);
    return typeof text === 'string' ? [text] : [];
  });
  return {
    paths: nodes.map(pathOf).filter((path) => path !== undefined),
    literals: nodes
      .flatMap((node) => literalOf(node) ?? [])
      .filter((one) => typeof one === 'number' || !patterns.includes(one)),
    patterns,
    isCondition,
  };
}

/** What the expressions of a node read, and the values that they name: one entry for each. */
export function expressionFacts(node: FlowNode): ExpressionFacts[] {
  return sourcesOf(node).flatMap((source) =>
    expressionsIn(source).map(({ expression }) => factsOf(expression, source.as === 'condition')),
  );
}
