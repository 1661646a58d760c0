import {
  type Flow,
  type FlowNode,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@crmflow/contracts';
import { expressionFacts, type ExpressionFacts } from '@crmflow/expressions';
import { samplePattern } from './sample-pattern.js';

/** Values that the expressions of a flow tell apart. */
export type Samples = {
  /** Whether anything of the flow reads the transcript. */
  readsMessages: boolean;
  /** Whether anything reads a root, such as `input` or `contact`. */
  reads(root: string): boolean;
  /** Texts and numbers that are compared with what is below a path, such as `['vars', 'age']`. */
  near(path: readonly string[]): (string | number)[];
  /** Values for what stands at a path: by the fields that are read of it, each with each of its values. */
  valuesAt(path: readonly string[]): Json[];
  /** Values by a JSON Schema, the plainest first. */
  valuesBy(schema: JsonObject, path: readonly string[]): Json[];
};

const mostValues = 14;

const unique = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((one) => [JSON.stringify(one), one])).values(),
];

const startsWith = (path: readonly string[], prefix: readonly string[]) =>
  prefix.every((name, i) => path[i] === name);

/** Of a number, also its neighbours: conditions have borders. */
function around({ literals, patterns }: ExpressionFacts): (string | number)[] {
  const texts = patterns.flatMap((pattern) => samplePattern(pattern, false) ?? []);
  const values = literals.flatMap((one): (string | number)[] =>
    typeof one === 'number' ? [one, one + 1, one - 1] : one === '' ? [] : [one],
  );
  return [...values, ...texts];
}

type Tree = { [name: string]: Tree };

function treeOf(paths: readonly string[][]): Tree {
  const tree: Tree = Object.create(null) as Tree;
  for (const path of paths) {
    let at = tree;
    for (const name of path) {
      at[name] ??= Object.create(null) as Tree;
      at = at[name];
    }
  }
  return tree;
}

/** So many objects are made of all values of all places; else one place after the other varies. */
const mostCombined = 24;

/** Objects in which each place takes each of its values. */
function variants(choices: { [name: string]: Json[] }): JsonObject[] {
  const entries = Object.entries(choices);
  const count = entries.reduce((product, [, values]) => product * Math.max(values.length, 1), 1);
  if (count <= mostCombined) {
    return entries.reduce<JsonObject[]>(
      (objects, [name, values]) =>
        values.flatMap((value) => objects.map((one) => ({ ...one, [name]: value }))),
      [{}],
    );
  }
  const base = Object.fromEntries(entries.map(([name, values]) => [name, values[0] ?? null]));
  const others = entries.flatMap(([name, values]) =>
    values.slice(1).map((value) => ({ ...base, [name]: value })),
  );
  return [base, ...others];
}

/** What the expressions of a flow tell apart. */
export function samplesOf(flow: Flow): Samples {
  const facts = flow.nodes.flatMap((node: FlowNode) => expressionFacts(node));
  const allPaths = facts.flatMap(({ paths }) => paths);
  const roots = new Set(allPaths.map(([root]) => root));

  const near = (path: readonly string[]) =>
    unique(
      facts.filter(({ paths }) => paths.some((one) => startsWith(one, path))).flatMap(around),
    ).slice(0, mostValues);

  /** True and false for what conditions read without comparing it with anything. */
  const truthsAt = (path: readonly string[]): Json[] => {
    const decides = ({ paths, literals, patterns, isCondition }: ExpressionFacts) =>
      isCondition &&
      literals.length + patterns.length === 0 &&
      paths.some((one) => startsWith(one, path));
    return facts.some(decides) ? [false, true] : [];
  };

  const valuesOfTree = (tree: Tree, path: readonly string[]): Json[] => {
    const names = Object.keys(tree);
    const values: Json[] = near(path);
    if (names.length === 0) {
      const truths = truthsAt(path);
      return unique([...truths, ...values, ...(truths.length > 0 ? [] : ['text'])]).slice(
        0,
        mostValues,
      );
    }
    const inside = Object.fromEntries(
      names.map((name) => [name, valuesOfTree(tree[name] ?? {}, [...path, name])]),
    );
    return unique<Json>([...variants(inside), {}]).slice(0, 2 * mostValues);
  };

  const valuesAt = (path: readonly string[]): Json[] => {
    const below = allPaths
      .filter((one) => one.length > path.length && startsWith(one, path))
      .map((one) => one.slice(path.length));
    // What is read as such may be compared as such.
    const asSuch = below.length === 0 ? near(path) : [];
    return unique<Json>([...asSuch, ...valuesOfTree(treeOf(below), path)]).slice(0, 2 * mostValues);
  };

  const valuesBy = (schema: JsonObject, path: readonly string[], depth = 0): Json[] => {
    const { type, enum: listed, properties, items, anyOf, minimum, maximum } = schema;
    if (depth > 8) return [null];
    if (Array.isArray(listed) && listed.length > 0) return listed;
    if (Array.isArray(anyOf)) {
      return anyOf.flatMap((one) => (isJsonObject(one) ? valuesBy(one, path, depth + 1) : []));
    }
    const kind = Array.isArray(type) ? type[0] : type;
    switch (kind) {
      case 'boolean':
        return [true, false];
      case 'integer':
      case 'number': {
        const fits = (value: number) =>
          (typeof minimum !== 'number' || value >= minimum) &&
          (typeof maximum !== 'number' || value <= maximum);
        const known = near(path).filter((one) => typeof one === 'number');
        const bounds = [minimum, maximum].filter((one) => typeof one === 'number');
        return unique([...known, ...bounds, 1, 0].filter(fits)).slice(0, mostValues);
      }
      case 'array':
        return isJsonObject(items) ? [valuesBy(items, path, depth + 1).slice(0, 2), []] : [[]];
      case 'object': {
        const inside = Object.entries(isJsonObject(properties) ? properties : {}).map(
          ([name, one]): [string, Json[]] => [
            name,
            isJsonObject(one) ? valuesBy(one, [...path, name], depth + 1) : ['text'],
          ],
        );
        return variants(Object.fromEntries(inside)).slice(0, 2 * mostValues);
      }
      default: {
        const texts = near(path).filter((one) => typeof one === 'string');
        return unique(['text', ...texts]).slice(0, mostValues);
      }
    }
  };

  return {
    readsMessages: roots.has('messages'),
    reads: (root) => roots.has(root),
    near,
    valuesAt,
    valuesBy: (schema, path) => valuesBy(schema, path),
  };
}
