import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { useTools } from './tools.js';

/** The id of the node whose form is drawn. */
export const NodeContext = createContext('');

/** What the check says of a field and of what is in it; each fault without the field's name. */
export function useFieldFaults(field: string): string[] {
  const { checker } = useTools();
  const problems = checker.byNode.value.get(useContext(NodeContext)) ?? [];
  return problems.flatMap(({ message }) => {
    const [path = '', ...words] = message.split(': ');
    if (path === field) return [words.join(': ')];
    const isInside = path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
    return isInside ? [`${path.slice(field.length).replace(/^\./, '')}: ${words.join(': ')}`] : [];
  });
}

/** Faults of a field, as a list below it. */
export function FieldFaults({ field, id }: { field: string; id?: string }) {
  const faults = useFieldFaults(field);
  if (faults.length === 0) return null;
  return (
    <ul id={id} class="field-faults small fault">
      {faults.map((fault) => (
        <li key={fault}>{fault}</li>
      ))}
    </ul>
  );
}
