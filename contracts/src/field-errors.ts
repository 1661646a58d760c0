import type { z } from 'zod';
import type { FieldError } from './errors.js';
import { englishSentence } from './issues/english.js';
import { because } from './issues/issue.js';
import { firstOption, knownReason, ownReason } from './flow/format-reason.js';

/** A JSON path as people write it: `nodes[2].data.text`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function* flatten(found: z.core.$ZodIssue): Generator<FieldError> {
  const issue = firstOption(found);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const path = formatPath([...issue.path, key]);
      yield { path, message: 'is not a known field. Remove it', ...because('field_unknown') };
    }
    return;
  }
  const path = formatPath(issue.path);
  const own = ownReason(issue);
  const message = own?.reason === issue.message ? englishSentence(own) : issue.message;
  yield { path, message, ...knownReason(issue) };
}

/** What zod found: a line for each issue, with its JSON path, and common ones as data too. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => [...flatten(issue)]);
}
