import type { RunState } from '../../run/reduce.js';
import { texts } from '../editor-texts.js';

/** The run's variables: those of the snapshot, and what was set since. */
function variablesOf({ snapshot, log }: RunState): [string, unknown][] {
  const variables = new Map<string, unknown>(Object.entries(snapshot.variables));
  for (const event of log) {
    if (event.type === 'variable.set') variables.set(event.data.name, event.data.value);
  }
  return [...variables];
}

/** What the run remembers. */
export function Variables({ state }: { state: RunState }) {
  const variables = variablesOf(state);
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
