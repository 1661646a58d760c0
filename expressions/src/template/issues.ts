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
