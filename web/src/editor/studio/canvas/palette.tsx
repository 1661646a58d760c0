import type { NodeType } from '@crmflow/contracts';
import { Icon } from '../../../ui/icon.js';
import { kinds } from '../../canvas/kinds.js';
import { texts } from '../../editor-texts.js';
import './palette.css';

const mime = 'application/x-crmflow-node';

/** The kind of node that is being dropped, if it is one of the palette's. */
export function nodeTypeOf(event: DragEvent): NodeType | undefined {
  const dragged = event.dataTransfer?.getData(mime);
  return kinds.find(({ type }) => type === dragged)?.type;
}

/** The six kinds of node, to drag onto the canvas or to press. */
export function Palette({ onAdd }: { onAdd: (type: NodeType) => void }) {
  return (
    <nav class="palette" aria-label={texts.palette}>
      <ul>
        {kinds.map(({ type, icon }) => (
          <li key={type}>
            <button
              type="button"
              class={`palette-item kind-${type}`}
              draggable
              title={texts.kindHints[type]}
              onDragStart={(event) => event.dataTransfer?.setData(mime, type)}
              onClick={() => onAdd(type)}
            >
              <span class="card-sign">
                <Icon of={icon} />
              </span>
              {texts.kinds[type]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
