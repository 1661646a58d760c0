import {
  expectations,
  isJsonObject,
  type Json,
  type JsonObject,
  kindIds,
  nodeTypes,
  wireOf,
} from '@crmflow/contracts';
import { nameOf, objectsIn, wordOf } from './to-data.js';

/** What models call kinds of node besides their names. */
const otherWords: { [word: string]: string } = {
  ...{ start: 'trigger', begin: 'trigger', message: 'speak', say: 'speak', output: 'speak' },
  ...{ input: 'listen', reply: 'listen', llm: 'ai', agent: 'ai', model: 'ai', assign: 'set' },
  ...{ condition: 'branch', if: 'branch', switch: 'branch', router: 'branch', delay: 'wait' },
  ...{ sleep: 'wait', request: 'http', api: 'http', handover: 'handoff', human: 'handoff' },
};

/** The type and kind of node that a word stands for; undefined for unknown words. */
function meantBy(type: string): { type: string; kind?: string } | undefined {
  const word = wordOf(type).replace(/_(node|step)$/, '');
  const name = otherWords[word] ?? word;
  if ((nodeTypes as readonly string[]).includes(name)) return { type: name };
  const id = kindIds.find((one) => one === name);
  if (!id) return undefined;
  const { type: ofKind, kind } = wireOf(id);
  return { type: ofKind, ...(kind !== undefined && { kind }) };
}

const unitSeconds: { [unit: string]: number } = {
  ...{ s: 1, sec: 1, second: 1, m: 60, min: 60, minute: 60, h: 3600, hr: 3600, hour: 3600 },
  ...{ d: 86_400, day: 86_400, w: 604_800, week: 604_800 },
};

/** `2 days`, `48h` or a number of seconds as ISO 8601; anything else as it is. */
function meantDuration(value: Json): Json {
  if (typeof value === 'number' && value > 0) return `PT${value}S`;
  if (typeof value !== 'string') return value;
  const [, count, unit = ''] = /^\s*(\d{1,6})\s*([a-z]{1,7}?)s?\s*$/i.exec(value) ?? [];
  const seconds = unitSeconds[unit.toLowerCase()];
  if (count === undefined || seconds === undefined) return value;
  const isOfDays = seconds % 86_400 === 0;
  if (isOfDays) return `P${Number(count) * (seconds / 86_400)}D`;
  return `PT${Number(count) * seconds}S`;
}

const durationFields = ['timeout', 'duration', 'after', 'retryFor'];

function withDurations(data: JsonObject): JsonObject {
  const entries = Object.entries(data).map(([name, value]): [string, Json] => {
    if (durationFields.includes(name)) return [name, meantDuration(value)];
    if (!Array.isArray(value)) return [name, value];
    return [name, value.map((row) => (isJsonObject(row) ? withDurations(row) : row))];
  });
  return Object.fromEntries(entries);
}

const answers: { [word: string]: string } = {
  ...{ text: 'any', string: 'any', free: 'any', free_text: 'any', integer: 'number' },
  ...{ choices: 'choice', option: 'choice', options: 'choice', select: 'choice', regex: 'pattern' },
};

function meantExpect(data: JsonObject): JsonObject {
  const { expect, choices } = data;
  const rows = Array.isArray(choices) ? choices : [];
  const said = typeof expect === 'string' ? wordOf(expect) : rows.length > 0 ? 'choice' : undefined;
  const word = said === undefined ? undefined : (answers[said] ?? said);
  const isKnown = (expectations as readonly (string | undefined)[]).includes(word);
  return {
    ...data,
    ...(isKnown && word !== undefined && { expect: word }),
    ...(rows.length > 0 && {
      choices: rows.map((row) => {
        if (!isJsonObject(row)) return { value: nameOf(row), label: nameOf(row) };
        const { value = row['label'] ?? '', label = row['value'] ?? '' } = row;
        return { ...row, value, label };
      }),
    }),
  };
}

/** Rows by the names that they have here: models call a case's condition many things. */
function meantRows(data: JsonObject): JsonObject {
  const { cases, assign } = data;
  return {
    ...data,
    ...(Array.isArray(cases) && {
      cases: objectsIn(cases).map((row) => {
        const { condition, expression, name, id, ...rest } = row;
        const when = rest['when'] ?? condition ?? expression;
        const handle = rest['handle'] ?? name ?? id;
        return { ...rest, ...(when && { when }), ...(handle && { handle }) };
      }),
    }),
    ...(isJsonObject(assign) && {
      assign: Object.entries(assign).map(([name, value]) => ({ name, value })),
    }),
  };
}

function meantNode(node: JsonObject): JsonObject {
  const meant = meantBy(nameOf(node['type']));
  const written = isJsonObject(node['data']) ? node['data'] : {};
  const rows = meantRows(withDurations(written));
  const data = meant?.type === 'listen' ? meantExpect(rows) : rows;
  return {
    ...node,
    ...(meant && { type: meant.type }),
    data: { ...data, ...(meant?.kind !== undefined && { kind: meant.kind }) },
  };
}

function meantEdge({ from, to, handle, ...edge }: JsonObject): JsonObject {
  const ends = { source: from, target: to, sourceHandle: handle, ...edge };
  return Object.fromEntries(
    Object.entries(ends).filter(([, end]) => end !== undefined),
  ) as JsonObject;
}

/**
 * A written flow in the words that the format has: `branch` for a condition, `P2D` for 2 days, choices
 * that were texts. What is in the format's words stays as it is.
 */
export function meantFlow(written: JsonObject): JsonObject {
  return {
    ...written,
    nodes: objectsIn(written['nodes']).map(meantNode),
    edges: objectsIn(written['edges']).map(meantEdge),
  };
}
