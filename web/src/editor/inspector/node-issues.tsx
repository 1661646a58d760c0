import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { issueWords } from '../../issues/issue-texts.js';
import { useTools } from './tools.js';

/** The id of the node whose form is drawn. */
export const NodeContext = createContext('');

/** What the check says of a field and of what is in it: there with the path inside. */
export function useFieldIssues(field: string): string[] {
  const { checker } = useTools();
  const issues = checker.byNode.value.get(useContext(NodeContext)) ?? [];
  return issues.flatMap((issue) => {
    const { field: path = '', offset: _, ...rest } = issue;
    if (path === field) return [issueWords(rest)];
    const isInside = path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
    return isInside ? [issueWords(rest, path.slice(field.length).replace(/^\./, ''))] : [];
  });
}

/** Issues of a field, as a list below it. */
export function FieldIssues({ field, id }: { field: string; id?: string }) {
  const issues = useFieldIssues(field);
  if (issues.length === 0) return null;
  return (
    <ul id={id} class="field-faults small fault">
      {issues.map((issue) => (
        <li key={issue}>{issue}</li>
      ))}
    </ul>
  );
}
