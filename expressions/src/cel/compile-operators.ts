import { because } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import {
  arithmetic,
  type ArithmeticOp,
  arithmeticReason,
  staticArithmeticKind,
} from './arithmetic.js';
import { charge } from './budget.js';
import { type Code, type Env, failed, type Frame, invalidAt, textOf } from './code.js';
import { CelList, CelMap } from './collections.js';
import { canOrder, equal, order, type OrderOp, orderReason } from './compare.js';
import { asKey } from './compile-access.js';
import { kindOf } from './kind-of.js';
import type { Node, NodeOf } from './parse.js';
import { inWords, type StaticKind, type Value } from './values.js';

type BinaryNode<Op extends string> = Extract<Node, { op: Op; args: [Node, Node] }>;

/** Work on two operands; a fault says which operation it was. */
function binary(
  node: BinaryNode<string>,
  env: Env,
  kind: StaticKind,
  [left, right]: [Code, Code],
  apply: (a: Value, b: Value, frame: Frame) => Value,
): Code {
  const text = textOf(node, env);
  return {
    kind,
    run: (frame) => {
      const a = left.run(frame);
      const b = right.run(frame);
      charge(frame.budget, 1);
      try {
        return apply(a, b, frame);
      } catch (error) {
        if (!(error instanceof FlowFault) || error.code !== 'expression_failed') throw error;
        throw failed(`${text}: ${error.message}`);
      }
    },
  };
}

function operands(node: BinaryNode<string>, env: Env): [Code, Code] {
  return [env.compile(node.args[0], env), env.compile(node.args[1], env)];
}

/** Compiles `a + b` and its like. */
export function compileArithmetic(node: BinaryNode<ArithmeticOp>, env: Env): Code {
  const { op } = node;
  const codes = operands(node, env);
  const [left, right] = codes;
  const kind = staticArithmeticKind(op, left.kind, right.kind);
  if (kind === undefined) throw invalidAt(node, arithmeticReason(op, left.kind, right.kind));
  return binary(node, env, kind, codes, (a, b, { budget }) => arithmetic(op, a, b, budget));
}

/** Compiles `a < b` and its like. */
export function compileOrder(node: BinaryNode<OrderOp>, env: Env): Code {
  const { op } = node;
  const codes = operands(node, env);
  const [left, right] = codes;
  if (!canOrder(left.kind, right.kind)) throw invalidAt(node, orderReason(left.kind, right.kind));
  return binary(node, env, 'bool', codes, (a, b, { budget }) => order(op, a, b, budget));
}

function comparable(a: StaticKind, b: StaticKind): boolean {
  const numeric = (kind: StaticKind) => kind === 'int' || kind === 'double';
  return (
    a === b ||
    [a, b].some((kind) => kind === 'dyn' || kind === 'null') ||
    (numeric(a) && numeric(b))
  );
}

/** Compiles `a == b` and `a != b`. */
export function compileEquality(node: BinaryNode<'==' | '!='>, env: Env): Code {
  const codes = operands(node, env);
  const [left, right] = codes;
  if (!comparable(left.kind, right.kind)) {
    throw invalidAt(node, because('never_equal', { left: left.kind, right: right.kind }));
  }
  const wanted = node.op === '==';
  return binary(node, env, 'bool', codes, (a, b, { budget }) => equal(a, b, budget) === wanted);
}

function within(item: Value, container: Value, frame: Frame): boolean {
  if (container instanceof CelMap) {
    const key = asKey(item);
    return key !== undefined && container.get(key) !== undefined;
  }
  if (!(container instanceof CelList)) {
    throw failed(`"in" looks into lists and maps, not into ${inWords(kindOf(container))}`);
  }
  for (let i = 0; i < container.size; i++) {
    if (equal(item, container.at(i), frame.budget)) return true;
  }
  return false;
}

/** Compiles `a in b`. */
export function compileIn(node: BinaryNode<'in'>, env: Env): Code {
  const codes = operands(node, env);
  const { kind } = codes[1];
  if (kind !== 'dyn' && kind !== 'list' && kind !== 'map') {
    throw invalidAt(node, kind === 'string' ? because('in_text') : because('in_invalid', { kind }));
  }
  return binary(node, env, 'bool', codes, within);
}

function requireBool({ kind }: Code, node: Node, operator: string): void {
  if (kind === 'dyn' || kind === 'bool') return;
  throw invalidAt(node, because('operand_not_bool', { operator, kind }));
}

function truth(value: Value, node: Node, env: Env): boolean {
  if (typeof value === 'boolean') return value;
  throw failed(`${textOf(node, env)} must be true or false, but is ${inWords(kindOf(value))}`);
}

/** Compiles `!a`. */
export function compileNot(node: NodeOf<'!_'>, env: Env): Code {
  const code = env.compile(node.args, env);
  requireBool(code, node.args, '!');
  return {
    kind: 'bool',
    run: (frame) => {
      const value = code.run(frame);
      charge(frame.budget, 1);
      return !truth(value, node.args, env);
    },
  };
}

/**
 * Compiles `a && b` and `a || b`. As CEL has it, an operand that decides wins over one that
 * failed, on whichever side it is.
 */
export function compileLogic(node: NodeOf<'&&'> | NodeOf<'||'>, env: Env): Code {
  const [left, right] = operands(node, env);
  requireBool(left, node.args[0], node.op);
  requireBool(right, node.args[1], node.op);
  const deciding = node.op === '||';
  return {
    kind: 'bool',
    run: (frame) => {
      charge(frame.budget, 1);
      let first: boolean;
      try {
        first = truth(left.run(frame), node.args[0], env);
      } catch (error) {
        if (!(error instanceof FlowFault) || error.code !== 'expression_failed') throw error;
        if (truth(right.run(frame), node.args[1], env) === deciding) return deciding;
        throw error;
      }
      return first === deciding ? deciding : truth(right.run(frame), node.args[1], env);
    },
  };
}

/** Compiles `a ? b : c`, whose two results may be of different types. */
export function compileChoice(node: NodeOf<'?:'>, env: Env): Code {
  const [condition, yes, no] = node.args;
  const codes = [env.compile(condition, env), env.compile(yes, env), env.compile(no, env)] as const;
  requireBool(codes[0], condition, '?');
  return {
    kind: codes[1].kind === codes[2].kind ? codes[1].kind : 'dyn',
    run: (frame) => {
      charge(frame.budget, 1);
      return truth(codes[0].run(frame), condition, env) ? codes[1].run(frame) : codes[2].run(frame);
    },
  };
}
