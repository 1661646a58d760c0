import { because } from '@crmflow/contracts';
import { int64 } from './arithmetic.js';
import { charge } from './budget.js';
import { type Code, type Env, failed, invalidAt, textOf } from './code.js';
import { CelList, CelMap, forbiddenKey, type Key } from './collections.js';
import { asKey } from './compile-access.js';
import { kindOf } from './kind-of.js';
import type { NodeOf } from './parse.js';
import { inWords, type Value } from './values.js';

function constant(value: Value): Code {
  return {
    kind: kindOf(value),
    run: ({ budget }) => {
      charge(budget, 1);
      return value;
    },
  };
}

function intLiteral(node: NodeOf<'value'> | NodeOf<'-_'>, value: bigint): Code {
  if (BigInt.asIntN(64, value) !== value) {
    throw invalidAt(node, because('number_too_large', { number: String(value) }));
  }
  return constant(value);
}

/** Compiles a literal. */
export function compileLiteral(node: NodeOf<'value'>): Code {
  const value = node.args;
  if (typeof value === 'bigint') return intLiteral(node, value);
  if (typeof value === 'object' && value !== null) {
    throw invalidAt(node, because('literal_unsupported'));
  }
  if (typeof value === 'string' && value.includes('\0')) {
    throw invalidAt(node, because('character_invalid'));
  }
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw invalidAt(node, because('character_invalid'));
  }
  return constant(value);
}

/** Compiles `-a`. */
export function compileNegation(node: NodeOf<'-_'>, env: Env): Code {
  const operand = node.args;
  if (operand.op === 'value' && typeof operand.args === 'bigint') {
    return intLiteral(node, -operand.args);
  }
  const { run, kind } = env.compile(operand, env);
  if (kind !== 'dyn' && kind !== 'int' && kind !== 'double') {
    throw invalidAt(node, because('negation_invalid', { kind }));
  }
  return {
    kind,
    run: (frame) => {
      const value = run(frame);
      charge(frame.budget, 1);
      if (typeof value === 'bigint') return int64(-value);
      if (typeof value === 'number') return -value;
      throw failed(`cannot negate ${textOf(operand, env)}: it is ${inWords(kindOf(value))}`);
    },
  };
}

/** Compiles `[a, b]`. */
export function compileList(node: NodeOf<'list'>, env: Env): Code {
  const items = node.args.map((item) => env.compile(item, env));
  return {
    kind: 'list',
    run: (frame) => {
      charge(frame.budget, 1 + items.length);
      return CelList.of(items.map(({ run }) => run(frame)));
    },
  };
}

function mapKey(value: Value): Key {
  const key = asKey(value);
  if (key === undefined)
    throw failed(`a key of a map is text or a whole number, not ${inWords(kindOf(value))}`);
  if (key === forbiddenKey) throw failed(`the key "${forbiddenKey}" is reserved; use another`);
  return key;
}

/** Compiles `{a: b}`. */
export function compileMap(node: NodeOf<'map'>, env: Env): Code {
  const entries = node.args.map(([key, value]) => ({
    key: env.compile(key, env),
    value: env.compile(value, env),
  }));
  return {
    kind: 'map',
    run: (frame) => {
      charge(frame.budget, 1 + entries.length);
      const map = new Map<Key, Value>();
      for (const entry of entries) {
        const key = mapKey(entry.key.run(frame));
        if (map.has(key)) throw failed(`the key "${key}" comes twice in a map`);
        map.set(key, entry.value.run(frame));
      }
      return CelMap.of(map);
    },
  };
}
