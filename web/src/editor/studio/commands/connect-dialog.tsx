import { handlesOf } from '@crmflow/contracts/nodes';
import { SelectField } from '../../../ui/field/select-field.js';
import { SubmitDialog } from '../../../ui/dialog/submit-dialog.js';
import { texts } from '../../editor-texts.js';
import { cardNodes, leavingNode } from '../../model/asks.js';
import type { OpenFlow } from '../../open-editor.js';
import { labelOf } from '../../canvas/kinds.js';

type Props = {
  flow: OpenFlow;
  id: string;
  onConnect: (target: string) => void;
  onClose: () => void;
};

/** Browsers do not send a form by Enter in a list of choices. */
function sendByEnter(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return;
  event.preventDefault();
  event.target.form?.requestSubmit();
}

/** Draws an edge for those who do not draw: from which handle of a node, and to which node. */
export function ConnectDialog({ flow: { editor, actions }, id, onConnect, onClose }: Props) {
  const { document } = editor;
  const node = leavingNode(document, id);
  if (!node) return null;
  const handles = handlesOf(node);
  const free = handles.find((handle) => !document.edgeFrom(node.id, handle)) ?? handles[0] ?? 'out';
  const targets = cardNodes(document).filter((one) => one.type !== 'trigger');
  const after = targets.find((one) => one.id !== id && document.edgesOf(one.id).length === 0);
  const words = texts.connecting;
  const connect = async (data: FormData) => {
    const [sourceHandle, target] = [data.get('handle'), data.get('target')];
    if (typeof sourceHandle !== 'string' || typeof target !== 'string') return;
    actions.connect({ source: node.id, sourceHandle }, target);
    onConnect(target);
  };
  return (
    <SubmitDialog
      title={words.title(labelOf(node))}
      submit={words.submit}
      onSubmit={connect}
      onClose={onClose}
    >
      {() => (
        <div style={{ display: 'contents' }} onKeyDown={sendByEnter}>
          {handles.length === 1 ? (
            <input type="hidden" name="handle" value={free} />
          ) : (
            <SelectField
              name="handle"
              label={words.handle}
              defaultValue={free}
              options={handles.map((value) => ({ value, label: texts.handles[value] ?? value }))}
            />
          )}
          <SelectField
            name="target"
            label={words.target}
            {...(after && { defaultValue: after.id })}
            options={targets.map((one) => ({
              value: one.id,
              label: labelOf(one),
            }))}
          />
        </div>
      )}
    </SubmitDialog>
  );
}
