import type { z } from 'zod';
import type { FieldError } from './errors.js';
import { englishSentence } from './issues/english.js';
import { firstOption, ownReason } from './flow/format-reason.js';

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
      yield { path: formatPath([...issue.path, key]), message: 'is not a known field. Remove it' };
    }
    return;
  }
  const path = formatPath(issue.path);
  const why = ownReason(issue);
  const message = why?.reason === issue.message ? englishSentence(why) : issue.message;
  yield { path, message, ...why };
}

/** What zod found, one line each, with their JSON paths; our own refinements also as data. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => [...flatten(issue)]);
}
