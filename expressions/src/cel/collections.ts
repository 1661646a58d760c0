import type { Json, JsonObject } from '@crmflow/contracts';
import type { Value } from './values.js';

/** What a map may be looked up by. */
export type Key = string | bigint | boolean;

/** A name that leads to JavaScript's prototypes in careless hands; maps never have it. */
export const forbiddenKey = '__proto__';

/** A list: of JSON whose elements are lifted when they are asked for, or of values. */
export class CelList {
  private constructor(
    /** The JSON that the list is, where it came from the scope as it is. */
    readonly json: Json[] | undefined,
    private readonly values: readonly Value[],
  ) {}

  static ofJson(json: Json[]): CelList {
    return new CelList(json, []);
  }

  static of(values: readonly Value[]): CelList {
    return new CelList(undefined, values);
  }

  get size(): number {
    return this.json ? this.json.length : this.values.length;
  }

  /** The element at a position that exists. */
  at(index: number): Value {
    return this.json ? fromJson(this.json[index] ?? null) : (this.values[index] ?? null);
  }

  /** The elements from `start` up to but without `end`. */
  slice(start: number, end: number): CelList {
    return this.json
      ? CelList.ofJson(this.json.slice(start, end))
      : CelList.of(this.values.slice(start, end));
  }

  /** All elements, lifted. */
  all(): Value[] {
    return this.json ? this.json.map((item) => fromJson(item ?? null)) : [...this.values];
  }
}

/** A map: a JSON object whose values are lifted when they are asked for, or of values. */
export class CelMap {
  private constructor(
    /** The JSON that the map is, where it came from the scope as it is. */
    readonly json: JsonObject | undefined,
    private readonly entries: ReadonlyMap<Key, Value>,
  ) {}

  static ofJson(json: JsonObject): CelMap {
    return new CelMap(json, new Map());
  }

  static of(entries: ReadonlyMap<Key, Value>): CelMap {
    return new CelMap(undefined, entries);
  }

  /** The value of a key of its own, never one that it inherits. */
  get(key: Key): Value | undefined {
    if (!this.json) return this.entries.get(key);
    if (typeof key !== 'string' || key === forbiddenKey || !Object.hasOwn(this.json, key)) {
      return undefined;
    }
    const value = this.json[key];
    return value === undefined ? undefined : fromJson(value);
  }

  keys(): Key[] {
    const { json } = this;
    if (!json) return [...this.entries.keys()];
    return Object.keys(json).filter((key) => key !== forbiddenKey && json[key] !== undefined);
  }
}

/**
 * A JSON value as expressions see it: numbers without a fraction are ints as far as JSON keeps
 * them exactly, all others doubles. Lists and maps are lifted only where they are looked into.
 */
export function fromJson(json: Json): Value {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (typeof json !== 'object' || json === null) return json;
  return Array.isArray(json) ? CelList.ofJson(json) : CelMap.ofJson(json);
}
