import type { RunState } from '../../run/reduce.js';
import { texts } from '../editor-texts.js';
import { variablesOf } from './run-variables.js';

/** What the run remembers. */
export function Variables({ state }: { state: RunState }) {
  const variables = Object.entries(variablesOf(state));
  if (variables.length === 0) return <p class="test-variables muted small">{texts.test.none}</p>;
  return (
    <dl class="test-variables small">
      {variables.map(([name, value]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <code>{JSON.stringify(value)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
