import type { KindId } from '@crmflow/contracts';
import { Icon } from '../../../ui/icon.js';
import { texts } from '../../editor-texts.js';
import type { DocumentReader } from '../../model/store.js';
import { kindStyle, localized } from '../../../node-look.js';
import { viewOfKind } from '../../canvas/kinds.js';
import { kindIds } from '@crmflow/contracts/nodes';
import './palette.css';

const mime = 'application/x-crmflow-node';

/** The kind of node that is being dropped, if it is one of the palette's. */
export function kindOfDrag(event: DragEvent): KindId | undefined {
  const dragged = event.dataTransfer?.getData(mime);
  return kindIds.find((kind) => kind === dragged);
}

/** The kinds of node, to drag onto the canvas or to press. */
export function Palette({
  document,
  onAdd,
}: {
  document: DocumentReader;
  onAdd: (kind: KindId) => void;
}) {
  // A flow has one trigger: a second one would only be a fault.
  const hasTrigger = [...document.nodeIds.value].some(
    (id) => document.node(id)?.type === 'trigger',
  );
  const offered = kindIds.filter((kind) => kind !== 'trigger' || !hasTrigger);
  return (
    <nav class="palette" aria-label={texts.palette}>
      <ul>
        {offered.map((kind) => {
          const view = viewOfKind(kind);
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
                {localized(view.name)}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
