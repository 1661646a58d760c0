import type { Json } from '@crmflow/contracts';
import type { SourceProblem } from '../expression.js';
import { templateProblems, valueProblems } from '../template/problems.js';

/** A problem of one node, without the node. */
export type Finding = { severity: 'error' | 'warning'; code: string; message: string };

/** An error of a field. */
export function fieldError(code: string, field: string, message: string): Finding {
  return { severity: 'error', code, message: `${field}: ${message}` };
}

/** A warning about a field. */
export function fieldWarning(code: string, field: string, message: string): Finding {
  return { severity: 'warning', code, message: `${field}: ${message}` };
}

/** A field that must be filled in before the flow can run. */
export function required(field: string, value: string | undefined, hint: string): Finding[] {
  const missing = value === undefined || value.trim() === '';
  return missing ? [fieldError('data_missing', field, `is empty; ${hint}`)] : [];
}

/** A field that may be left out, but is of no use when it is empty. */
export function notEmpty(field: string, value: string | undefined, hint: string): Finding[] {
  return value === undefined ? [] : required(field, value, `${hint}, or leave it out`);
}

/** Problems of an expression or template, as findings about a field. */
export function sourceFindings(field: string, problems: readonly SourceProblem[]): Finding[] {
  return problems.map(({ code, message, offset }) => {
    const where = offset === undefined ? '' : ` (at character ${offset + 1})`;
    return fieldError(code, field, `${message}${where}`);
  });
}

/** Problems of a template in a field. */
export function templateFindings(field: string, template: string | undefined): Finding[] {
  return template === undefined ? [] : sourceFindings(field, templateProblems(template));
}

/** Problems of the templates within a value. */
export function valueFindings(field: string, value: Json): Finding[] {
  return valueProblems(value).flatMap(({ path, ...problem }) =>
    sourceFindings([field, ...path].join('.'), [problem]),
  );
}
