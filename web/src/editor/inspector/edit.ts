import type { FlowNodeInput, NodeType } from '@crmflow/contracts';
import { labelNode, setNodeData } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';
import type { Diff } from '../model/diff.js';

/** The data of one kind of node, as a client writes it. */
export type DataOf<T extends NodeType> = Extract<FlowNodeInput, { type: T }>['data'];

/** Changes of one node by its form. */
export type NodeEdit<T extends NodeType = NodeType> = {
  /**
   * Sets fields of the node's data. What is typed into the same field without a break is one step
   * for undo.
   * @param field names the control that speaks
   * @param renamed of a branch: old handle → new handle
   */
  set(field: string, data: Partial<DataOf<T>>, renamed?: ReadonlyMap<string, string>): void;
  /** Another kind of the same node: all of its data. */
  replace(data: DataOf<T>): void;
  label(text: string): void;
};

/** @param id of the node whose form it is */
export function editNode<T extends NodeType>(
  { document, history }: Editor,
  id: string,
): NodeEdit<T> {
  let last: { field: string; gesture: Gesture } | undefined;

  const change = (field: string, diff: Diff) => {
    if (!last?.gesture.isOpen() || last.field !== field) {
      const node = document.node(id);
      const name = texts.steps.edit(node?.label || texts.kinds[node?.type ?? 'speak']);
      last = { field, gesture: history.begin(name) };
    }
    last.gesture.update(diff);
  };

  return {
    set(field, data, renamed) {
      const node = document.node(id);
      if (!node) return;
      const next = withoutUndefined({ ...node.data, ...data });
      change(field, setNodeData(document, id, next, renamed));
    },
    replace: (data) => change('replace', setNodeData(document, id, data)),
    label: (text) => change('label', labelNode(document, id, text)),
  };
}

/** A field that was emptied is left out: the format knows no null. */
function withoutUndefined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
