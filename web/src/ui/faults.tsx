import type { FieldError } from '@crmflow/contracts';
import { useEffect } from 'preact/hooks';
import { asIssue, issueWords, loadIssueTexts } from '../issues/issue-texts.js';
import { texts } from '../texts.js';

/** What is wrong with a flow: where, if it is the format; the studio shows the issues of nodes. */
export function Faults({ errors }: { errors: readonly FieldError[] }) {
  const hasIssues = errors.some(({ reason }) => reason !== undefined);
  useEffect(() => {
    // Where that cannot be fetched, the server's English stays.
    if (hasIssues) loadIssueTexts().catch(() => undefined);
  }, [hasIssues]);
  if (errors.length === 0) return null;
  return (
    <ul>
      {errors.map((error) => {
        const { path, message, reason, code } = error;
        const words = reason === undefined ? message : issueWords(asIssue(error));
        return (
          <li key={`${path} ${message}`}>
            {code === undefined && <code>{path === '' ? texts.importing.whole : path}</code>}{' '}
            {words}
          </li>
        );
      })}
    </ul>
  );
}
