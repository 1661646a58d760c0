import type { Json } from '@crmflow/contracts';
import { compileIssue, type SourceIssue, sourceIssueOf } from '../expression.js';
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
export function templateIssues(template: string): SourceIssue[] {
  const parts = partsOrFault(template);
  if (parts instanceof FlowFault) return [sourceIssueOf(parts)];
  return parts.flatMap((part) => {
    if ('text' in part) return [];
    const issue = compileIssue(part.expression);
    return issue ? [{ ...issue, offset: part.offset + (issue.offset ?? 0) }] : [];
  });
}

/** An issue of a template within a value, and where in the value it is. */
export type ValueIssue = SourceIssue & { path: (string | number)[] };

/** As `templateIssues`, for all texts within a JSON value. */
export function valueIssues(json: Json, path: (string | number)[] = []): ValueIssue[] {
  if (typeof json === 'string') return templateIssues(json).map((issue) => ({ ...issue, path }));
  if (typeof json !== 'object' || json === null) return [];
  const entries = Array.isArray(json) ? [...json.entries()] : Object.entries(json);
  return entries.flatMap(([key, item]) => valueIssues(item, [...path, key]));
}
