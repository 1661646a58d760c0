import { because, unknownContact } from '@crmflow/contracts';
import { charge } from './budget.js';
import { type Code, type Env, failed, findLocal, invalidAt, textOf } from './code.js';
import { CelList, CelMap, fromJson, type Key } from './collections.js';
import { kindOf } from './kind-of.js';
import type { NodeOf } from './parse.js';
import { inWords, type Kind, type StaticKind, TypeValue, type Value } from './values.js';

type RootKind = { [Name in 'vars' | 'input' | 'run' | 'messages' | 'contact']: StaticKind };

const roots: RootKind = {
  vars: 'map',
  input: 'dyn',
  run: 'map',
  messages: 'list',
  contact: 'map',
};

/** What a root is in a scope that does not say it. */
const absent = (name: keyof RootKind) => (name === 'contact' ? unknownContact : null);

function isRoot(name: string): name is keyof RootKind {
  return Object.hasOwn(roots, name);
}

const typeNames = new Map<string, Kind>([
  ['bool', 'bool'],
  ['int', 'int'],
  ['double', 'double'],
  ['string', 'string'],
  ['list', 'list'],
  ['map', 'map'],
  ['null_type', 'null'],
]);

/** Compiles a name: a macro's variable, a root of the scope, or a type. */
export function compileName(node: NodeOf<'id'>, env: Env): Code {
  const name = node.args;
  const local = findLocal(env, name);
  if (local) {
    return {
      kind: local.kind,
      run: ({ budget, locals }) => {
        charge(budget, 1);
        return locals[local.slot] ?? null;
      },
    };
  }
  if (isRoot(name)) {
    return {
      kind: roots[name],
      run: ({ budget, scope }) => {
        charge(budget, 1);
        return fromJson(scope[name] ?? absent(name));
      },
    };
  }
  const type = typeNames.get(name);
  if (type) return { kind: 'type', run: () => new TypeValue(type) };
  throw invalidAt(node, because('name_unknown', { name }));
}

/** Compiles `a.b`: the value of a key that a map must have. */
export function compileField(node: NodeOf<'.'>, env: Env): Code {
  const [target, field] = node.args;
  const { run, kind } = env.compile(target, env);
  const [owner, path] = [textOf(target, env), textOf(node, env)];
  if (kind !== 'dyn' && kind !== 'map') {
    throw invalidAt(node, because('field_of_value', { expression: owner, kind, field }));
  }
  return {
    kind: 'dyn',
    run: (frame) => {
      const value = run(frame);
      charge(frame.budget, 1);
      if (!(value instanceof CelMap)) {
        throw failed(`${owner} is ${inWords(kindOf(value))} and has no field "${field}"`);
      }
      const found = value.get(field);
      if (found === undefined) throw failed(`${path} is not set; use has(${path})`);
      return found;
    },
  };
}

/** Compiles `has(a.b)`: whether a map has a key. */
export function compileHas(node: NodeOf<'call'>, env: Env): Code {
  const [argument] = node.args[1];
  if (argument?.op !== '.' || node.args[1].length !== 1) {
    throw invalidAt(node, because('has_usage'));
  }
  const [target, field] = argument.args;
  const { run, kind } = env.compile(target, env);
  const owner = textOf(target, env);
  if (kind !== 'dyn' && kind !== 'map') {
    throw invalidAt(node, because('fields_of_value', { expression: owner, kind }));
  }
  return {
    kind: 'bool',
    run: (frame) => {
      const value = run(frame);
      charge(frame.budget, 1);
      if (value instanceof CelMap) return value.get(field) !== undefined;
      throw failed(`${owner} is ${inWords(kindOf(value))} and has no fields`);
    },
  };
}

/** A value as a key, if it can be one; a number without a fraction as an int: 1.0 finds what 1 does. */
export function asKey(value: Value): Key | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value === 'string' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? value : undefined;
}

function element(list: CelList, index: Value, path: string): Value {
  const at = asKey(index);
  if (typeof at !== 'bigint') {
    throw failed(
      `${path}: a list is looked up by a whole number, not by ${inWords(kindOf(index))}`,
    );
  }
  if (at >= 0n && at < BigInt(list.size)) return list.at(Number(at));
  throw failed(`${path} does not exist: the list has ${list.size} elements, counted from 0`);
}

function entry(map: CelMap, index: Value, path: string, owner: string): Value {
  const key = asKey(index);
  const found = key === undefined ? undefined : map.get(key);
  if (found !== undefined) return found;
  const shown = JSON.stringify(
    typeof key === 'string' ? key.slice(0, 60).toWellFormed() : String(key),
  );
  throw failed(`${path} is not set: ${owner} has no key ${shown}; check with "in"`);
}

/** Compiles `a[b]`: the element of a list, or the value of a key that a map must have. */
export function compileIndex(node: NodeOf<'[]'>, env: Env): Code {
  const [target, index] = node.args;
  const [owner, path] = [textOf(target, env), textOf(node, env)];
  const container = env.compile(target, env);
  const at = env.compile(index, env);
  const { kind } = container;
  if (kind !== 'dyn' && kind !== 'map' && kind !== 'list') {
    throw invalidAt(node, because('elements_of_value', { expression: owner, kind }));
  }
  return {
    kind: 'dyn',
    run: (frame) => {
      const value = container.run(frame);
      const key = at.run(frame);
      charge(frame.budget, 1);
      if (value instanceof CelList) return element(value, key, path);
      if (value instanceof CelMap) return entry(value, key, path, owner);
      throw failed(`${owner} is ${inWords(kindOf(value))}; only lists and maps have elements`);
    },
  };
}
