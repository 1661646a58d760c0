import type { z } from 'zod';
import { namePatterns } from '../fields/identifiers.js';
import { because, type Reason } from '../issues/issue.js';

type ZodIssue = z.core.$ZodIssue;

const patternReasons = new Map(
  Object.entries(namePatterns).map(([reason, pattern]) => [
    String(pattern),
    because(reason as keyof typeof namePatterns),
  ]),
);

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
  if (code === 'too_small') return undefined;
  return because(origin === 'string' ? 'text_too_long' : 'list_too_long', { limit });
}

function known(issue: ZodIssue): Reason | undefined {
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return sizeReason(issue);
    case 'invalid_format':
      return patternReasons.get(issue.pattern ?? '');
    case 'invalid_key':
      return because('header_name_invalid', { name: String(issue.path.at(-1)) });
    default:
      return ownReason(issue);
  }
}

/** What is wrong with the format of a flow, as data: what its schemas say, as far as forms allow it. */
export function formatReason(found: ZodIssue): Reason {
  const issue = firstOption(found);
  return known(issue) ?? because('format_invalid', { detail: issue.message });
}
