import type { Json } from '@crmflow/contracts';
import { isJsonObject } from '@crmflow/contracts/json-object';
import { contactFields } from '@crmflow/contracts/kinds';
import type { Sample, SourceMode } from '../../check/messages.js';
import { knownFunctions } from './functions.js';
import { regionsOf } from './regions.js';
import type { KnownVariable } from './variables.js';

/** What can be completed. */
export type Vocabulary = { variables: readonly KnownVariable[]; sample: Sample | undefined };

/** One thing that may be meant. */
export type Suggestion = {
  kind: 'variable' | 'field' | 'function' | 'root';
  /** What is shown and typed against. */
  label: string;
  /** What is written in its place. */
  insert: string;
  /** Where the caret stands then, from the end of `insert` backwards. */
  back: number;
  /** Where it comes from, or what it takes. */
  detail: string;
};

/** What may be meant at a place of a text. */
export type Completion = { from: number; to: number; suggestions: readonly Suggestion[] };

const most = 50;
const runFields = ['id', 'workflowId', 'version', 'startedAt', 'error'];

const field = (label: string, detail = ''): Suggestion => ({
  kind: 'field',
  label,
  insert: label,
  back: 0,
  detail,
});

const functionsOf = (isMethod: boolean): Suggestion[] =>
  knownFunctions
    .filter((one) => one.isMethod === isMethod)
    .map(({ name, args }) => ({
      kind: 'function',
      label: name,
      insert: `${name}()`,
      back: args === '' ? 0 : 1,
      detail: `(${args})`,
    }));

const variable = ({ name, from }: KnownVariable, prefix = ''): Suggestion => ({
  kind: 'variable',
  label: prefix + name,
  insert: prefix + name,
  back: 0,
  detail: from,
});

/** The value that a path such as `vars.order.items[0]` leads to. */
function valueAt(path: string, sample: Sample | undefined): Json | undefined {
  let value: Json | undefined = sample;
  for (const [step] of path.matchAll(/[A-Za-z_]\w*|\d+/g)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

function inside(value: Json | undefined): Suggestion[] {
  if (!isJsonObject(value)) return [];
  return Object.keys(value)
    .filter((name) => /^[A-Za-z_]\w*$/.test(name))
    .map((name) => field(name));
}

/** What may follow a dot. */
function members(path: string, { variables, sample }: Vocabulary): Suggestion[] {
  switch (path) {
    case 'vars':
      return variables.map((one) => variable(one));
    case 'run':
      return runFields.map((name) => field(name));
    case 'run.error':
      return ['code', 'message', 'nodeId'].map((name) => field(name));
    case 'contact':
      return ['id', ...contactFields, 'attributes'].map((name) => field(name));
    case 'input':
      return inside(sample?.input);
    default:
      return [...inside(valueAt(path, sample)), ...functionsOf(true)];
  }
}

function beginnings({ variables }: Vocabulary): Suggestion[] {
  const root = (name: string, insert: string): Suggestion => ({
    ...field(name),
    kind: 'root',
    insert,
  });
  return [
    ...variables.map((one) => variable(one, 'vars.')),
    root('vars', 'vars.'),
    root('input', 'input.'),
    root('run', 'run.'),
    root('messages', 'messages'),
    root('contact', 'contact.'),
    ...functionsOf(false),
  ];
}

/** How well a suggestion fits what was typed; lower is better. */
function rank({ kind, label }: Suggestion, word: string): number {
  const [one, other] = [label.toLowerCase(), word.toLowerCase()];
  if (one.startsWith(other)) return 0;
  if (one.includes(`.${other}`)) return 1;
  return kind !== 'function' && one.includes(other) ? 2 : Infinity;
}

function fitting(all: readonly Suggestion[], word: string): Suggestion[] {
  return all
    .map((one) => ({ one, at: rank(one, word) }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at)
    .slice(0, most)
    .map(({ one }) => one);
}

const isInString = (source: string) =>
  /["']/.test(source.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, ''));

/**
 * Words of a text outside of its braces stay as they are: values are put between them, by a key, or
 * by `{` or a `/` at the beginning of a word with what a variable is called.
 */
function between(
  text: string,
  caret: number,
  { variables }: Vocabulary,
  isAsked: boolean,
): Completion | undefined {
  const begun = /(?:(?<!\{)\{|(?<!\S)\/)(\w*)$/.exec(text.slice(0, caret));
  if (!begun && !isAsked) return undefined;
  const all = variables.map((one) => {
    const plain = variable(one, 'vars.');
    return { ...plain, insert: `{{ ${plain.insert} }}` };
  });
  const suggestions = fitting(all, begun?.[1] ?? '');
  if (suggestions.length === 0) return undefined;
  return { from: caret - (begun?.[0].length ?? 0), to: caret, suggestions };
}

/** What stands before a dot: a path of names, or a call with all before it. */
const pathBefore = (text: string) =>
  text.endsWith(')') ? text : (/(?<![\w.[\]])[\w.[\]]+$/.exec(text)?.[0] ?? '');

/**
 * What may be meant where the caret stands.
 * @param isAsked by a key, and not just typed: then nothing typed is enough
 */
export function complete(
  text: string,
  caret: number,
  mode: SourceMode,
  vocabulary: Vocabulary,
  isAsked: boolean,
): Completion | undefined {
  const region = regionsOf(text, mode).find(({ from, to }) => from <= caret && caret <= to);
  if (!region) return between(text, caret, vocabulary, isAsked);
  const before = text.slice(region.from, caret);
  if (isInString(before)) return undefined;
  const word = /(?<!\w)[A-Za-z_]\w*$/.exec(before)?.[0] ?? '';
  const ahead = before.slice(0, before.length - word.length);
  const hasDot = ahead.endsWith('.');
  const path = hasDot ? pathBefore(ahead.slice(0, -1)) : '';
  if (!isAsked && word === '' && !hasDot) return undefined;
  const rest = /^\w*/.exec(text.slice(caret))?.[0] ?? '';
  const all = hasDot ? members(path, vocabulary) : beginnings(vocabulary);
  const suggestions = fitting(all, word);
  const isThere = suggestions.length === 1 && suggestions[0]?.insert === word + rest;
  if (suggestions.length === 0 || isThere) return undefined;
  const isOpen = mode === 'template' && !region.isClosed;
  return {
    from: caret - word.length,
    to: caret + rest.length,
    suggestions: isOpen ? suggestions.map(closing) : suggestions,
  };
}

/** Closes the braces that are still open, behind whatever is whole. */
function closing(suggestion: Suggestion): Suggestion {
  if (suggestion.insert.endsWith('.') || suggestion.back > 0) return suggestion;
  return { ...suggestion, insert: `${suggestion.insert} }}` };
}
