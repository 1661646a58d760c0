import type { Json, JsonObject } from '@crmflow/contracts';
import { compileIssue, templateIssues, type SourceIssue } from '@crmflow/expressions';

/** More faults than one expression has. */
const most = 20;

const constants: { [word: string]: string } = {
  ...{ True: 'true', TRUE: 'true', False: 'false', FALSE: 'false' },
  ...{ None: 'null', nil: 'null', undefined: 'null' },
};

/** What is to be written at the place of a fault, where the compiler says what was meant. */
function correction(
  source: string,
  issue: SourceIssue,
  variables: ReadonlySet<string>,
): { from: number; until: number; text: string } | undefined {
  const { reason, params, offset: from = 0 } = issue;
  const { word, operator, name }: { [param: string]: unknown } = params;
  if (reason === 'word_operator' && typeof word === 'string' && typeof operator === 'string') {
    return { from, until: from + word.length, text: operator };
  }
  if (reason === 'assignment') {
    const isThird = source.slice(from - 2, from) === '==' || source.slice(from - 2, from) === '!=';
    return { from, until: from + 1, text: isThird ? '' : '==' };
  }
  if (reason === 'function_unknown' && name === 'not') {
    return { from, until: from + name.length, text: '!' };
  }
  if (reason !== 'name_unknown' || typeof name !== 'string') return undefined;
  const text = constants[name] ?? (variables.has(name) ? `vars.${name}` : undefined);
  return text === undefined ? undefined : { from, until: from + name.length, text };
}

/** Corrects one fault after another as `issueOf` finds them; the source itself where some are left. */
function corrected(
  source: string,
  variables: ReadonlySet<string>,
  issueOf: (source: string) => SourceIssue | undefined | null,
): string {
  let text = source;
  for (let round = 0; round < most; round++) {
    const issue = issueOf(text);
    if (!issue) return text;
    const change = correction(text, issue, variables);
    if (!change) return source;
    text = text.slice(0, change.from) + change.text + text.slice(change.until);
  }
  return source;
}

const braced = /^\s*\{\{((?:(?!\{\{|\}\})[^])*)\}\}\s*$/;

/** `and` is `&&`, `name` is `vars.name`, `=` compares: wherever the compiler knows what was meant. */
function mended(value: Json, variables: ReadonlySet<string>, field: string): Json {
  if (Array.isArray(value)) return value.map((one) => mended(one, variables, field));
  if (typeof value === 'object' && value !== null) return mendExpressions(value, variables);
  if (typeof value !== 'string') return value;
  if (field === 'when') {
    return corrected(braced.exec(value)?.[1]?.trim() ?? value, variables, compileIssue);
  }
  if (!value.includes('{{')) return value;
  return corrected(value, variables, (text) => templateIssues(text)[0]);
}

/**
 * The data of a node in which expressions say in CEL what a model meant.
 * @param variables the names of the flow's variables
 */
export function mendExpressions(data: JsonObject, variables: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, mended(value, variables, field)]),
  );
}
