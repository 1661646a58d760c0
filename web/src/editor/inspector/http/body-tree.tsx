import type { Json } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import type { Step } from './path.js';

type Props = { value: Json; steps: readonly Step[]; onPick: (steps: readonly Step[]) => void };

/** How many entries of one list or object are shown. */
const most = 100;

function Leaf({ value, steps, onPick }: Props) {
  const shown = JSON.stringify(value);
  return (
    <button type="button" class="tree-leaf" title={texts.tryIt.copy} onClick={() => onPick(steps)}>
      {steps.length > 0 && <span class="tree-name">{String(steps.at(-1))}: </span>}
      <code>{shown}</code>
    </button>
  );
}

/** A value as a tree whose leaves can be picked. */
export function BodyTree({ value, steps, onPick }: Props) {
  if (value === null || typeof value !== 'object') {
    return <Leaf value={value} steps={steps} onPick={onPick} />;
  }
  const entries: [Step, Json][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  const name = steps.at(-1);
  const size = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details class="tree" open={steps.length < 2}>
      <summary>
        {name !== undefined && <span class="tree-name">{String(name)}: </span>}
        <code class="muted">{size}</code>
      </summary>
      <ul>
        {entries.slice(0, most).map(([step, item]) => (
          <li key={step}>
            <BodyTree value={item} steps={[...steps, step]} onPick={onPick} />
          </li>
        ))}
        {entries.length > most && (
          <li class="muted small">{texts.tryIt.more(entries.length - most)}</li>
        )}
      </ul>
    </details>
  );
}
