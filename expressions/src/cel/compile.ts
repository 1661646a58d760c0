import { because } from '@crmflow/contracts';
import { type Code, type Env, invalidAt } from './code.js';
import { compileField, compileIndex, compileName } from './compile-access.js';
import { compileCall, compileMethod } from './compile-call.js';
import { compileList, compileLiteral, compileMap, compileNegation } from './compile-literals.js';
import {
  compileArithmetic,
  compileChoice,
  compileEquality,
  compileIn,
  compileLogic,
  compileNot,
  compileOrder,
} from './compile-operators.js';
import { type Node, parse } from './parse.js';

function compileNode(node: Node, env: Env): Code {
  switch (node.op) {
    case 'value':
      return compileLiteral(node);
    case 'id':
      return compileName(node, env);
    case '.':
      return compileField(node, env);
    case '[]':
      return compileIndex(node, env);
    case 'call':
      return compileCall(node, env);
    case 'rcall':
      return compileMethod(node, env);
    case 'list':
      return compileList(node, env);
    case 'map':
      return compileMap(node, env);
    case '?:':
      return compileChoice(node, env);
    case '&&':
    case '||':
      return compileLogic(node, env);
    case '!_':
      return compileNot(node, env);
    case '-_':
      return compileNegation(node, env);
    case '==':
    case '!=':
      return compileEquality(node, env);
    case 'in':
      return compileIn(node, env);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return compileArithmetic(node, env);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compileOrder(node, env);
    case '.?':
    case '[?]':
      throw invalidAt(node, because('optional_unsupported'));
  }
}

/**
 * Parses and compiles a CEL expression.
 * @throws FlowFault expression_too_large, expression_invalid, pattern_invalid
 */
export function compile(source: string): Code {
  const env: Env = { source, locals: undefined, compile: compileNode };
  return compileNode(parse(source), env);
}
