import type { FieldError, IssuePlace, Reason } from '@crmflow/contracts';
import type { IssueFormatter } from '@crmflow/contracts/issues';
import { signal } from '@preact/signals';
import { language } from '../texts/language.js';

const loaded = signal<IssueFormatter | undefined>(undefined);

/** Gets what says issues in the reader's language. */
export async function loadIssueTexts(): Promise<void> {
  if (loaded.peek()) return;
  const { formatter } = await (language === 'de' ? import('./de.js') : import('./en.js'));
  loaded.value = formatter;
}

/** An issue as it is shown, of the check here or of the server, which says it in English as well. */
export type ShownIssue = IssuePlace & { severity?: 'error' | 'warning'; code: string } & (
    Reason | { reason?: string; params?: FieldError['params']; message: string }
  );

/**
 * An issue in the reader's language; in the server's English before `loadIssueTexts` is done, and
 * where the server is newer than this page and gives a reason that is not known here.
 * @param field what the reader calls the field; without it the sentence alone is given
 */
export function issueWords(issue: ShownIssue, field?: string): string {
  const { value: formatter } = loaded;
  const english = 'message' in issue ? issue.message : '';
  if (!formatter || !formatter.knows(issue)) return english;
  return formatter.message(issue, field);
}

/** One of the errors of a request as an issue: those of a flow that cannot run are. */
export function asIssue(error: FieldError): ShownIssue {
  const { path, message, code = '', nodeId, ...data } = error;
  const isPlaced = data.reason !== undefined || nodeId !== undefined || path === '';
  return {
    ...data,
    code,
    message: isPlaced ? message : `${path}: ${message}`,
    ...(nodeId !== undefined && { nodeId }),
  };
}
