import type { Direction } from '@crmflow/layout';
import { signal, type Signal } from '@preact/signals';
import { createSelection, type Selection } from './selection.js';
import { createHistory, type History } from './history/history.js';
import { openFlow } from './model/flow-document.js';
import type { EditedFlow } from './model/record.js';
import type { DocumentReader } from './model/store.js';

/** One flow that is being edited: all that the panels and the canvas share. */
export type Editor = {
  document: DocumentReader;
  history: History;
  selection: Selection;
  /** What has just happened, for screen readers. */
  announcement: Signal<string>;
};

/** Opens a flow. @param wished how it is drawn where nothing in it says so */
export function createEditor(flow: EditedFlow, wished?: Direction): Editor {
  const document = openFlow(flow, wished);
  const history = createHistory(document);
  return { document, history, selection: createSelection(document), announcement: signal('') };
}
