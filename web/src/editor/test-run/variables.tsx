import type { Json } from '@crmflow/contracts';
import { useRef } from 'preact/hooks';
import type { FollowedRun } from '../../chat/reduce.js';
import { texts } from '../editor-texts.js';
import { variablesOf } from './run-variables.js';

function Value({ value }: { value: Json }) {
  if (typeof value === 'string') return <span>{value}</span>;
  if (value === null || typeof value !== 'object') {
    return <code class="value-plain">{String(value)}</code>;
  }
  return (
    <details>
      <summary>
        <code>{JSON.stringify(value)}</code>
      </summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

/** When each variable was set last, by the event's number. */
function lastSet({ log }: FollowedRun): Map<string, number> {
  return new Map(
    log.flatMap((event) => (event.type === 'variable.set' ? [[event.data.name, event.seq]] : [])),
  );
}

/** What the run remembers; what has just changed lights up for a moment. */
export function Variables({ state }: { state: FollowedRun }) {
  const since = useRef(state.progress.lastSeq).current;
  const variables = Object.entries(variablesOf(state));
  const sets = lastSet(state);
  if (variables.length === 0) return <p class="test-variables muted small">{texts.test.none}</p>;
  return (
    <dl class="test-variables small">
      {variables.map(([name, value]) => {
        const seq = sets.get(name) ?? 0;
        return (
          <div key={`${name} ${seq}`} class={seq > since ? 'changed' : undefined}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <Value value={value} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
