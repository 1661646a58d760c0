import { handlesOf } from '@crmflow/contracts/nodes';
import { connect } from '../commands/edges.js';
import { remove } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import { cardNodes, leavingNode } from '../model/asks.js';
import { newFlowId } from '../new-flow-id.js';
import { SelectControl } from './fields/select-control.js';
import { labelOf } from '../canvas/kinds.js';

/**
 * Where each handle of a card leads: what edges show, for those who do not draw them.
 * @param cardId of the node whose card it is
 */
export function LeadsTo({ editor, cardId }: { editor: Editor; cardId: string }) {
  const { document, history } = editor;
  if (document.meaning.value < 0) return null;
  const node = leavingNode(document, cardId);
  if (!node) return null;
  const { id } = node;
  const targets = cardNodes(document).filter(({ type }) => type !== 'trigger');
  const options = [
    { value: '', label: texts.form.endsHere },
    ...targets.map((one) => ({ value: one.id, label: labelOf(one) })),
  ];
  const lead = (handle: string, target: string) => {
    const edge = document.edgeFrom(id, handle);
    if (target !== '') {
      const outlet = { source: id, sourceHandle: handle };
      history.run(texts.steps.connect, connect(document, outlet, target, newFlowId()));
    } else if (edge) {
      history.run(texts.steps.remove, remove(document, { edges: [edge.id] }));
    }
  };
  return (
    <fieldset class="control-group">
      <legend>{texts.form.leadsTo}</legend>
      {handlesOf(node).map((handle) => (
        <SelectControl
          key={handle}
          label={texts.handles[handle] ?? handle}
          value={document.edgeFrom(id, handle)?.target ?? ''}
          options={options}
          onChange={(target) => lead(handle, target)}
        />
      ))}
    </fieldset>
  );
}
