import { limits, utf8Bytes } from '@crmflow/contracts';
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { FlowFault } from '../fault.js';
import { engineLimits } from '../limits.js';
import { codeCharacters } from './scan.js';

/** A node of the syntax tree. */
export type Node = ASTNode;

/** The node of one operator. */
export type NodeOf<T extends Node['op']> = Extract<Node, { op: T }>;

const parser = new Environment({
  enableOptionalTypes: false,
  limits: {
    maxAstNodes: limits.expressionBytes,
    maxDepth: engineLimits.parseDepth,
    maxListElements: limits.expressionBytes,
    maxMapEntries: limits.expressionBytes,
    maxCallArguments: limits.expressionBytes,
  },
});

function invalid(message: string, offset?: number): FlowFault {
  return new FlowFault('expression_invalid', message, offset);
}

/** The parser goes one call deeper for each `!` and `-`, without a limit of its own. */
function checkPrefixes(source: string): void {
  if (source.split(/[!-]/, engineLimits.parseDepth + 2).length <= engineLimits.parseDepth) return;
  let prefixes = 0;
  for (const [at, char] of codeCharacters(source)) {
    if (char === '!' || char === '-') prefixes++;
    else if (!/\s/.test(char)) prefixes = 0;
    if (prefixes > engineLimits.parseDepth) throw invalid(`has too many "${char}" in a row`, at);
  }
}

function childrenOf(node: Node): Node[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** Whoever walks the tree may use recursion: its depth is bounded here, without recursion. */
function checkDepth(root: Node): void {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > engineLimits.treeDepth) {
      throw invalid('is nested too deeply or has too many operators in a chain', level[0]?.start);
    }
    level = level.flatMap(childrenOf);
  }
}

function parseFault(error: ParseError): FlowFault {
  if (error.code === 'limit_exceeded') return invalid('is nested too deeply', error.range?.start);
  const { summary } = error;
  const message = /\bEOF\b/.test(summary) ? 'ends too early; something is missing' : summary;
  return invalid(message, error.range?.start);
}

/**
 * Parses a CEL expression.
 * @throws FlowFault expression_too_large or expression_invalid with the offset
 */
export function parse(source: string): Node {
  if (source.length > limits.expressionBytes || utf8Bytes(source) > limits.expressionBytes) {
    throw new FlowFault(
      'expression_too_large',
      `is longer than ${limits.expressionBytes / 1000} kB; split it, for example with a node that sets a variable`,
    );
  }
  if (source.trim() === '') throw invalid('is empty; write an expression such as vars.name', 0);
  if (!source.isWellFormed()) throw invalid('contains half of a surrogate pair; remove it');
  checkPrefixes(source);
  try {
    const { ast } = parser.parse(source);
    checkDepth(ast);
    return ast;
  } catch (error) {
    throw error instanceof ParseError ? parseFault(error) : error;
  }
}
