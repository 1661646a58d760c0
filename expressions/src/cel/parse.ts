import { because, limits, type Reason, type SourceReason, utf8Bytes } from '@crmflow/contracts';
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { SourceFault } from '../fault.js';
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

/** The parser goes one call deeper for each `!` and `-`, without a limit of its own. */
function checkPrefixes(source: string): void {
  if (source.split(/[!-]/, engineLimits.parseDepth + 2).length <= engineLimits.parseDepth) return;
  let prefixes = 0;
  for (const [at, char] of codeCharacters(source)) {
    if (char === '!' || char === '-') prefixes++;
    else if (!/\s/.test(char)) prefixes = 0;
    if (prefixes > engineLimits.parseDepth) {
      throw new SourceFault(because('too_many_prefixes', { operator: char }), at);
    }
  }
}

/** The parts of a node, in the order in which they are written. */
export function childrenOf(node: Node): Node[] {
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
      throw new SourceFault(because('expression_too_deep'), level[0]?.start);
    }
    level = level.flatMap(childrenOf);
  }
}

/** Operators of other languages, and how CEL writes them. */
const operators = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['&', '&&'],
  ['|', '||'],
]);

/** What somebody meant who wrote a word or one sign for an operator, next to where it went wrong. */
function operatorFault(source: string, start: number): SourceFault | undefined {
  for (const found of source.matchAll(/\b(?:and|or|not)\b|[&|]/gi)) {
    const [word] = found;
    const end = found.index + word.length;
    if (found.index > start || source.slice(end, start).trim() !== '') continue;
    const operator = operators.get(word.toLowerCase());
    if (operator) return new SourceFault(because('word_operator', { word, operator }), found.index);
  }
  return undefined;
}

const reasons: { [code: string]: Reason<SourceReason> } = {
  limit_exceeded: because('expression_too_deep'),
  invalid_number: because('number_invalid'),
  invalid_exponent: because('number_invalid'),
  unterminated_string: because('text_unclosed'),
  unterminated_triple_quoted_string: because('text_unclosed'),
  newline_in_string: because('text_unclosed'),
  unexpected_token: because('token_unexpected'),
  expected_token: because('token_unexpected'),
};

function whyUnread(error: ParseError, source: string, start: number): Reason<SourceReason> {
  if (/\bEOF\b/.test(error.summary)) return because('expression_unfinished');
  const character = String.fromCodePoint(source.codePointAt(start) ?? 0x20);
  if (error.code === 'unexpected_character') {
    if (character === '=') return because('assignment');
    if (/[“”„‘’‚«»]/.test(character)) return because('quotes_curly');
    return because('character_unexpected', { character });
  }
  if (error.code === 'reserved_identifier') {
    return because('name_reserved', { name: /^\w*/.exec(source.slice(start))?.[0] ?? '' });
  }
  if (error.code === 'invalid_macro_argument') {
    return because('macro_variable_missing', { name: error.summary.split('(')[0] ?? '' });
  }
  if (/escape/.test(error.code)) return because('escape_invalid');
  return reasons[error.code] ?? because('token_unexpected');
}

function parseFault(error: ParseError, source: string): SourceFault {
  const start = error.range?.start;
  if (start === undefined) return new SourceFault(because('expression_unreadable'));
  const isMisplaced = /^(?:un)?expected_|^unexpected_character$/.test(error.code);
  const meant = isMisplaced ? operatorFault(source, start) : undefined;
  return meant ?? new SourceFault(whyUnread(error, source, start), start);
}

/**
 * Parses a CEL expression.
 * @throws FlowFault expression_too_large or expression_invalid with the offset
 */
export function parse(source: string): Node {
  if (source.length > limits.expressionBytes || utf8Bytes(source) > limits.expressionBytes) {
    const limit = limits.expressionBytes / 1000;
    throw new SourceFault(because('expression_too_large', { limit }));
  }
  if (source.trim() === '') throw new SourceFault(because('expression_empty'), 0);
  if (!source.isWellFormed()) throw new SourceFault(because('character_invalid'));
  checkPrefixes(source);
  try {
    const { ast } = parser.parse(source);
    checkDepth(ast);
    return ast;
  } catch (error) {
    throw error instanceof ParseError ? parseFault(error, source) : error;
  }
}
