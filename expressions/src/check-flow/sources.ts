import {
  type ExpressionField,
  expressionsOf,
  type FlowIssue,
  type FlowNode,
  formatPath,
  issueOf,
} from '@crmflow/contracts';
import { childrenOf, type Node, parse } from '../cel/parse.js';
import { conditionIssue } from '../expression.js';
import { FlowFault } from '../fault.js';
import { templateIssues } from '../template/issues.js';
import { type Part, parseTemplate } from '../template/parse.js';

/** A text with expressions in it, and how it is read. */
export type Source = Pick<ExpressionField, 'as' | 'setBefore'> & { field: string; text: string };

/** CEL of a text, and the character where it begins. */
type Expression = { expression: string; offset: number };

function textsIn(value: unknown, path: readonly (string | number)[] = []): [string, string][] {
  if (typeof value === 'string') return [[formatPath(path), value]];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

/** The texts of a node that have expressions in them, those within JSON values one by one. */
export function sourcesOf(node: FlowNode): Source[] {
  return expressionsOf(node).flatMap(({ field, value, ...rest }) =>
    textsIn(value).map(([inside, text]) => {
      const dot = inside === '' || inside.startsWith('[') ? '' : '.';
      return { ...rest, field: `${field}${dot}${inside}`, text };
    }),
  );
}

/** The parts of a template; none where it cannot be read, which is an issue of its own. */
export function readTemplate(text: string): readonly Part[] {
  try {
    return parseTemplate(text);
  } catch (error) {
    if (error instanceof FlowFault) return [];
    throw error;
  }
}

/** The expressions in a text; none where it cannot be read. */
export function expressionsIn({ text, as }: Pick<Source, 'text' | 'as'>): Expression[] {
  if (as === 'condition') return [{ expression: text, offset: 0 }];
  return readTemplate(text).filter((part) => 'expression' in part);
}

/** Every node of an expression, from the outermost inwards; none where it cannot be read. */
export function nodesIn(expression: string): Node[] {
  const nodes = parsed(expression);
  // A loop also takes what is pushed while it runs, so it goes through the whole tree.
  for (const node of nodes) nodes.push(...childrenOf(node));
  return nodes;
}

function parsed(expression: string): Node[] {
  try {
    return [parse(expression)];
  } catch (error) {
    // What is wrong with the expression is an issue of its own.
    if (error instanceof FlowFault) return [];
    throw error;
  }
}

function issuesIn({ text, as }: Source) {
  if (as !== 'condition') return templateIssues(text);
  // That a condition is missing is said by its own check.
  const issue = text.trim() === '' ? null : conditionIssue(text);
  return issue ? [issue] : [];
}

/** What keeps the expressions of a node from being read. */
export function checkSources(node: FlowNode): FlowIssue[] {
  return sourcesOf(node).flatMap((source) =>
    issuesIn(source).map(({ offset, ...why }) =>
      issueOf(why, { field: source.field, ...(offset !== undefined && { offset }) }),
    ),
  );
}
