import type { Json } from '@crmflow/contracts';
import { compileProblem, type SourceProblem } from '../expression.js';
import { FlowFault } from '../fault.js';
import { type Part, parseTemplate } from './parse.js';

function partsOrFault(template: string): readonly Part[] | FlowFault {
  try {
    return parseTemplate(template);
  } catch (error) {
    if (error instanceof FlowFault) return error;
    throw error;
  }
}

/** What keeps a template from being rendered, each with its offset in the template. */
export function templateProblems(template: string): SourceProblem[] {
  const parts = partsOrFault(template);
  if (parts instanceof FlowFault) {
    const { code, message, offset } = parts;
    return [offset === undefined ? { code, message } : { code, message, offset }];
  }
  return parts.flatMap((part) => {
    if ('text' in part) return [];
    const problem = compileProblem(part.expression);
    return problem ? [{ ...problem, offset: part.offset + (problem.offset ?? 0) }] : [];
  });
}

/** A problem of a template within a value, and where in the value it is. */
export type ValueProblem = SourceProblem & { path: (string | number)[] };

/** As `templateProblems`, for all texts within a JSON value. */
export function valueProblems(json: Json, path: (string | number)[] = []): ValueProblem[] {
  if (typeof json === 'string') {
    return templateProblems(json).map((problem) => ({ ...problem, path }));
  }
  if (typeof json !== 'object' || json === null) return [];
  const entries = Array.isArray(json) ? [...json.entries()] : Object.entries(json);
  return entries.flatMap(([key, item]) => valueProblems(item, [...path, key]));
}
