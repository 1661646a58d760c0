import type { FieldError } from '@crmflow/contracts';
import { texts } from '../texts.js';

/** Faults of a flow, each with where it is. */
export function Faults({ errors }: { errors: readonly FieldError[] }) {
  if (errors.length === 0) return null;
  return (
    <ul>
      {errors.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <code>{path === '' ? texts.importing.whole : path}</code> {message}
        </li>
      ))}
    </ul>
  );
}
