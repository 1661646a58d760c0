import { CirclePause } from 'lucide';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { PausePoints } from './pause-points.js';
import './card-pause.css';

/**
 * On a card: whether tests pause before it. The inspector has the same for the keyboard.
 * @param ids of the nodes of the card
 */
export function CardPause({ points, ids }: { points: PausePoints; ids: readonly string[] }) {
  const isOn = ids.some((id) => points.nodeIds.value.has(id));
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
        points.toggle(ids);
      }}
    >
      <Icon of={CirclePause} size={16} />
    </button>
  );
}
