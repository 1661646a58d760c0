import type { z } from 'zod';
import type { FieldError } from './errors.js';

/** A JSON path as people write it: `nodes[2].data.text`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function* flatten(issue: z.core.$ZodIssue): Generator<FieldError> {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      yield { path: formatPath([...issue.path, key]), message: 'is not a known field. Remove it' };
    }
    return;
  }
  yield { path: formatPath(issue.path), message: issue.message };
}

/** The faults that zod found, one line each, with their JSON paths. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => [...flatten(issue)]);
}
