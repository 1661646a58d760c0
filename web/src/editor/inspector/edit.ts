import type { DataInputOf, FlowNodeInput, KindId } from '@crmflow/contracts';
import { labelNode, setNodeData } from '../commands/nodes.js';
import type { Editor } from '../editor.js';
import { texts } from '../editor-texts.js';
import type { Gesture } from '../history/history.js';
import { nodesOfCards } from '../model/asks.js';
import { type Diff, squash } from '../model/diff.js';
import { labelOf } from '../canvas/kinds.js';

/** Changes of one node by its form. */
export type NodeEdit<K extends KindId = KindId> = {
  /**
   * Sets fields of the node's data. What is typed into the same field without a break is one step
   * for undo.
   * @param field names the control that speaks
   * @param renamed of a branch: old handle → new handle
   */
  set(field: string, data: Partial<DataInputOf<K>>, renamed?: ReadonlyMap<string, string>): void;
  /** Replaces all of its data, by that of another kind of the same type where wanted. */
  replace(data: FlowNodeInput['data']): void;
  /** Names it, and what is on the same card. */
  label(text: string): void;
};

/** @param id of the node whose form it is */
export function editNode<K extends KindId>({ document, history }: Editor, id: string): NodeEdit<K> {
  let last: { field: string; gesture: Gesture } | undefined;

  const change = (field: string, diff: Diff) => {
    if (!last?.gesture.isOpen() || last.field !== field) {
      const node = document.node(id);
      const name = texts.steps.edit(node ? labelOf(node) : '');
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
    label: (text) => {
      const diffs = nodesOfCards(document, [id]).map((one) => labelNode(document, one, text));
      change('label', diffs.reduce(squash, new Map()));
    },
  };
}

/** A field that was emptied is left out: the format knows no null. */
function withoutUndefined(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
}
