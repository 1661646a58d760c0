import type { Key } from '@crmflow/contracts';
import { texts } from './settings-texts.js';

/** The flows that use a key, each a link to its canvas. */
export function KeyUsers({ usedBy }: { usedBy: Key['usedBy'] }) {
  const words = texts.keys;
  const { count, flows } = usedBy;
  if (count === 0) return <p class="small muted">{words.noFlows}</p>;
  return (
    <details class="small key-users">
      <summary>{words.flows(count)}</summary>
      <ul>
        {flows.map(({ id, name }) => (
          <li key={id}>
            <a href={`/flows/${id}`}>{name}</a>
          </li>
        ))}
        {count > flows.length && <li class="muted">{words.moreFlows(count - flows.length)}</li>}
      </ul>
    </details>
  );
}
