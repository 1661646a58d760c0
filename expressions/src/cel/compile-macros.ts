import { because } from '@crmflow/contracts';
import { FlowFault } from '../fault.js';
import { charge } from './budget.js';
import { type Code, type Env, failed, type Frame, invalidAt, textOf, withLocal } from './code.js';
import { CelList, CelMap } from './collections.js';
import { kindOf } from './kind-of.js';
import type { Node, NodeOf } from './parse.js';
import { inWords, type Value } from './values.js';

type Macro = {
  /** The list or the map that is gone through. */
  range: Code;
  /** The part that is worked out for each element. */
  parts: Code[];
  /** The elements, one after the other; each one is put into the macro's variable. */
  each: (frame: Frame) => Generator<Value, void>;
  test: (code: Code, frame: Frame) => boolean;
};

function elements(value: Value, path: string, frame: Frame): Value[] {
  if (!(value instanceof CelList) && !(value instanceof CelMap)) {
    throw failed(`${path} is ${inWords(kindOf(value))}; only lists and maps can be gone through`);
  }
  const all = value instanceof CelList ? value.all() : value.keys();
  charge(frame.budget, all.length);
  return all;
}

function prepare(node: NodeOf<'rcall'>, env: Env): Macro {
  const [name, target, [variable, ...bodies]] = node.args;
  if (variable?.op !== 'id') throw invalidAt(node, because('macro_variable_missing', { name }));
  const range = env.compile(target, env);
  if (range.kind !== 'dyn' && range.kind !== 'list' && range.kind !== 'map') {
    throw invalidAt(node, because('macro_range', { name, kind: range.kind }));
  }
  const inner = withLocal(env, variable.args, 'dyn');
  const path = textOf(target, env);
  return {
    range,
    parts: bodies.map((body) => inner.env.compile(body, inner.env)),
    *each(frame) {
      for (const item of elements(range.run(frame), path, frame)) {
        charge(frame.budget, 1);
        frame.locals[inner.slot] = item;
        yield item;
      }
    },
    test(code, frame) {
      const value = code.run(frame);
      if (typeof value === 'boolean') return value;
      throw failed(
        `the condition of ${name}() must be true or false, but is ${inWords(kindOf(value))}`,
      );
    },
  };
}

function conditionOf(node: NodeOf<'rcall'>, macro: Macro): Code {
  const [condition] = macro.parts;
  if (condition?.kind === 'bool' || condition?.kind === 'dyn') return condition;
  throw invalidAt(node, because('macro_condition', { name: node.args[0] }));
}

function filter(node: NodeOf<'rcall'>, env: Env): Code {
  const macro = prepare(node, env);
  const condition = conditionOf(node, macro);
  return {
    kind: 'list',
    run: (frame) => {
      const kept: Value[] = [];
      for (const item of macro.each(frame)) if (macro.test(condition, frame)) kept.push(item);
      return CelList.of(kept);
    },
  };
}

function map(node: NodeOf<'rcall'>, env: Env): Code {
  const macro = prepare(node, env);
  const condition = macro.parts.length > 1 ? conditionOf(node, macro) : undefined;
  const result = macro.parts.at(-1);
  if (!result)
    throw invalidAt(node, because('macro_usage', { name: 'map', usage: 'map(x, result)' }));
  return {
    kind: 'list',
    run: (frame) => {
      const made: Value[] = [];
      for (const _item of macro.each(frame)) {
        if (!condition || macro.test(condition, frame)) made.push(result.run(frame));
      }
      return CelList.of(made);
    },
  };
}

/** `all` and `exists`: one element that decides wins over others that failed. */
function quantifier(node: NodeOf<'rcall'>, env: Env, deciding: boolean): Code {
  const macro = prepare(node, env);
  const condition = conditionOf(node, macro);
  return {
    kind: 'bool',
    run: (frame) => {
      let fault: FlowFault | undefined;
      for (const _item of macro.each(frame)) {
        try {
          if (macro.test(condition, frame) === deciding) return deciding;
        } catch (error) {
          if (!(error instanceof FlowFault) || error.code !== 'expression_failed') throw error;
          fault ??= error;
        }
      }
      if (fault) throw fault;
      return !deciding;
    },
  };
}

function existsOne(node: NodeOf<'rcall'>, env: Env): Code {
  const macro = prepare(node, env);
  const condition = conditionOf(node, macro);
  return {
    kind: 'bool',
    run: (frame) => {
      let count = 0;
      for (const _item of macro.each(frame)) if (macro.test(condition, frame)) count++;
      return count === 1;
    },
  };
}

function bind(node: NodeOf<'rcall'>, env: Env): Code {
  const [variable, initial, body] = node.args[2];
  if (variable?.op !== 'id' || !initial || !body) {
    throw invalidAt(
      node,
      because('macro_usage', { name: 'cel.bind', usage: 'cel.bind(x, value, result)' }),
    );
  }
  const value = env.compile(initial, env);
  const inner = withLocal(env, variable.args, value.kind);
  const { run, kind } = inner.env.compile(body, inner.env);
  return {
    kind,
    run: (frame) => {
      frame.locals[inner.slot] = value.run(frame);
      return run(frame);
    },
  };
}

const macros: Record<string, (node: NodeOf<'rcall'>, env: Env) => Code> = {
  'filter/2': filter,
  'map/2': map,
  'map/3': map,
  'all/2': (node, env) => quantifier(node, env, false),
  'exists/2': (node, env) => quantifier(node, env, true),
  'exists_one/2': existsOne,
  'existsOne/2': existsOne,
};

/** How macros are written, by their name. */
export const macroUsage = new Map([
  ['filter', 'filter(x, condition)'],
  ['map', 'map(x, result) or map(x, condition, result)'],
  ['all', 'all(x, condition)'],
  ['exists', 'exists(x, condition)'],
  ['exists_one', 'exists_one(x, condition)'],
  ['existsOne', 'existsOne(x, condition)'],
]);

function isName(node: Node, name: string): boolean {
  return node.op === 'id' && node.args === name;
}

/** Compiles a macro on a list or a map, or `cel.bind`; undefined where it is neither. */
export function compileMacro(node: NodeOf<'rcall'>, env: Env): Code | undefined {
  const [name, target, args] = node.args;
  if (name === 'bind' && isName(target, 'cel') && args.length === 3) return bind(node, env);
  const key = `${name}/${args.length}`;
  return Object.hasOwn(macros, key) ? macros[key]?.(node, env) : undefined;
}
