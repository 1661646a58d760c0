import { CirclePause } from 'lucide';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { PausePoints } from './pause-points.js';
import './card-pause.css';

/** On a node's card: whether tests pause before it. The inspector has the same for the keyboard. */
export function CardPause({ points, id }: { points: PausePoints; id: string }) {
  const isOn = points.nodeIds.value.has(id);
  const label = isOn ? texts.test.unpause : texts.test.pauseHere;
  return (
    <button
      type="button"
      class="card-pause"
      tabIndex={-1}
      aria-pressed={isOn}
      aria-label={texts.test.pauseHere}
      title={label}
      onPointerDown={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation();
        points.toggle(id);
      }}
    >
      <Icon of={CirclePause} size={16} />
    </button>
  );
}
