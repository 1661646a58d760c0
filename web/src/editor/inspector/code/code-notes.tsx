import type { Json } from '@crmflow/contracts';
import { issueWords } from '../../../issues/issue-texts.js';
import { texts } from '../../editor-texts.js';
import { placeOf } from './place.js';
import type { SourceState } from './use-source.js';

const longest = 200;

function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

/** Below a field: what is wrong and where, or what it comes to in the test run. */
export function CodeNotes({ id, text, source }: { id: string; text: string; source: SourceState }) {
  const issue = source.issue.value;
  const value = source.value.value;
  if (issue) {
    const { offset, ...why } = issue;
    const { line, column } = placeOf(text, offset ?? 0);
    return (
      <p id={id} class="small fault">
        {issueWords({ ...why, code: '' })}{' '}
        {offset !== undefined && (
          <span class="fault-place">
            {text.includes('\n') ? texts.code.atLine(line, column) : texts.code.at(column)}
          </span>
        )}
      </p>
    );
  }
  if (value === undefined) return null;
  return (
    <p id={id} class="small muted code-value">
      <span>{texts.code.now}</span> <code>{shown(value)}</code>
    </p>
  );
}
