import type { z } from 'zod';
import { namePatterns, withoutControls, withoutNul } from '../fields/identifiers.js';
import { because, type Reason } from '../issues/issue.js';
import type { ValueType } from '../issues/reasons.js';

type ZodIssue = z.core.$ZodIssue;

const patternReasons = new Map<string, Reason>([
  ...Object.entries(namePatterns).map(([reason, pattern]): [string, Reason] => [
    String(pattern),
    because(reason as keyof typeof namePatterns),
  ]),
  [String(withoutNul), because('characters_forbidden')],
  [String(withoutControls), because('characters_forbidden')],
]);

const valueTypes: { readonly [expected: string]: ValueType | undefined } = {
  string: 'text',
  number: 'number',
  int: 'integer',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  record: 'object',
  null: 'null',
};

/** What a union says of a value: what its first option does, where that is about its content. */
export function firstOption(issue: ZodIssue): ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const [first] = issue.errors[0] ?? [];
  if (first?.code !== 'invalid_format' && first?.code !== 'custom') return issue;
  return { ...first, path: [...issue.path, ...first.path] };
}

/** The reason that a refinement of ours gives in its `params`. */
export function ownReason(issue: ZodIssue): Reason | undefined {
  return issue.code === 'custom' ? (issue.params as Reason | undefined) : undefined;
}

function sizeReason({ code, origin, ...issue }: ZodIssue & { code: 'too_big' | 'too_small' }) {
  const limit = Number('maximum' in issue ? issue.maximum : issue.minimum);
  if (origin === 'number' || origin === 'int') {
    return because(code === 'too_big' ? 'value_too_big' : 'value_too_small', { limit });
  }
  if (code === 'too_big') {
    return because(origin === 'string' ? 'text_too_long' : 'list_too_long', { limit });
  }
  if (origin !== 'string') return undefined;
  return limit === 1 ? because('text_missing') : because('text_too_short', { limit });
}

function oneOf(values: readonly z.core.util.Primitive[] | undefined): Reason | undefined {
  // A kind that may be absent has no name to choose.
  const named = (values ?? []).filter((value) => value !== undefined && value !== null);
  if (named.length === 0) return undefined;
  return because('value_unknown', { known: named.map(String).join(', '), count: named.length });
}

function typeReason(expected: string): Reason | undefined {
  const type = valueTypes[expected];
  return type && because('type_expected', { expected: type });
}

function keyReason(issue: ZodIssue | undefined, name: string): Reason | undefined {
  const reason = issue && knownReason(issue);
  // Only headers have a pattern of their own.
  if (issue?.code === 'invalid_format') return reason ?? because('header_name_invalid', { name });
  return reason;
}

/** What is wrong with a value, as data; undefined where only the words of its schema say it. */
export function knownReason(issue: ZodIssue): Reason | undefined {
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return sizeReason(issue);
    case 'invalid_type':
      return typeReason(issue.expected);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return 'options' in issue ? oneOf(issue.options) : undefined;
    case 'unrecognized_keys':
      return because('field_unknown');
    case 'invalid_format':
      return patternReasons.get(issue.pattern ?? '');
    case 'invalid_key':
      return keyReason(issue.issues[0], String(issue.path.at(-1)));
    default:
      return ownReason(issue);
  }
}

/** What is wrong with the format of a flow, as data: what its schemas say, as far as forms allow it. */
export function formatReason(found: ZodIssue): Reason {
  const issue = firstOption(found);
  return knownReason(issue) ?? because('format_invalid', { detail: issue.message });
}
