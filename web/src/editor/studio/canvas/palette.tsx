import { Icon } from '../../../ui/icon.js';
import { texts } from '../../editor-texts.js';
import type { DocumentReader } from '../../model/store.js';
import { kindStyle, localized } from '../../../node-look.js';
import { type AdditionId, additions, offerOf, viewOfAddition } from '../../canvas/kinds.js';
import './palette.css';

const mime = 'application/x-crmflow-node';

/** What is being dropped, if it is of the palette. */
export function kindOfDrag(event: DragEvent): AdditionId | undefined {
  const dragged = event.dataTransfer?.getData(mime);
  return additions.find((kind) => kind === dragged);
}

/** What can be added, to drag onto the canvas or to press. */
export function Palette({
  document,
  onAdd,
}: {
  document: DocumentReader;
  onAdd: (kind: AdditionId) => void;
}) {
  // A flow has one trigger: a second one would only be a fault.
  const hasTrigger = [...document.nodeIds.value].some(
    (id) => document.node(id)?.type === 'trigger',
  );
  const offered = additions.filter((kind) => kind !== 'trigger' || !hasTrigger);
  return (
    <nav class="palette" aria-label={texts.palette}>
      <ul>
        {offered.map((kind) => {
          const view = viewOfAddition(kind);
          return (
            <li key={kind}>
              <button
                type="button"
                class="palette-item"
                style={kindStyle(view)}
                draggable
                title={localized(view.hint)}
                onDragStart={(event) => event.dataTransfer?.setData(mime, kind)}
                onClick={() => onAdd(kind)}
              >
                <span class="card-sign">
                  <Icon of={view.icon} />
                </span>
                {offerOf(kind)}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
