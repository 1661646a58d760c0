import type { ReadonlySignal } from '@preact/signals';
import type { Guide } from './guides.js';
import './guides.css';

/** Lines over the cards that show what a dragged node is in line with. */
export function GuideLayer({ guides }: { guides: ReadonlySignal<readonly Guide[]> }) {
  return (
    <svg class="guides" aria-hidden="true">
      {guides.value.map(({ axis, at, from, to }) => (
        <path
          key={`${axis}${at}`}
          class="guide"
          d={axis === 'x' ? `M ${at} ${from} V ${to}` : `M ${from} ${at} H ${to}`}
        />
      ))}
    </svg>
  );
}
