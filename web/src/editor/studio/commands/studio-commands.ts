import type { IssuePlace } from '@crmflow/contracts';
import type { ReadonlySignal } from '@preact/signals';
import { toast } from '../../../ui/toast/toast.js';
import { boxIn, nodeBoxes } from '../../canvas/geometry.js';
import { type Direction, nearest } from '../../canvas/nearest.js';
import { texts } from '../../editor-texts.js';
import { nodeIssueWords } from '../../issues/node-issue-words.js';
import { allBoxes } from '../../notes/note-box.js';
import { cardIdOf, cardNodes } from '../../model/asks.js';
import type { OpenFlow } from '../../open-editor.js';
import { wishDirection, wishedDirection } from '../../wished-direction.js';
import type { Canvas } from '../../rete/create-canvas.js';
import { createAddCommands } from './add-commands.js';
import { createFocusCommands } from './focus-commands.js';
import type { Shortcut } from './shortcuts.js';
import type { StudioState } from '../studio-state.js';

/** How far an arrow moves what is selected, and how far it does with Shift. */
const near = 8;
const far = 80;
/** The zoom below which cards are hard to read. */
const readable = 0.5;

/** What can be done in the studio by key and by menu. */
export function createCommands(
  flow: OpenFlow,
  canvas: ReadonlySignal<Canvas | undefined>,
  state: StudioState,
  root: () => HTMLElement | null,
) {
  const { editor, actions, saving, checker } = flow;
  const { document, selection, history } = editor;
  const viewport = () => canvas.peek()?.viewport;
  const onlyNode = () => {
    const { nodes } = selection.current.peek();
    const [id] = nodes;
    return nodes.size === 1 && id !== undefined ? document.node(id) : undefined;
  };
  const zoom = (by: number) => () => viewport()?.zoomTo((viewport()?.transform.peek().k ?? 1) * by);
  const fit = () => viewport()?.fit(allBoxes(document));
  /** As somebody wants to see it who comes: all of it, or its beginning where all is too small. */
  const begin = () => {
    const nodes = cardNodes(document);
    const first = nodes.filter(({ type }) => type === 'trigger');
    const others = nodes.filter(({ type }) => type !== 'trigger');
    viewport()?.fit(
      [...first, ...others].map((node) => boxIn(document, node)),
      readable,
      document.direction.peek(),
    );
  };
  const toNode = (id: string) => {
    state.panel.value = 'properties';
    canvas.peek()?.focus(id);
  };
  const announce = (words: string) => {
    editor.announcement.value = words;
  };

  const go = (direction: Direction) => () => {
    const from = onlyNode();
    const boxes = nodeBoxes(document);
    const next = from ? nearest(boxIn(document, from), boxes, direction) : boxes[0];
    if (next) canvas.peek()?.focus(next.id);
  };

  const reveal = ({ nodeId, edgeId }: IssuePlace) => {
    const edge = edgeId === undefined ? undefined : document.edge(edgeId);
    if (nodeId !== undefined && document.node(nodeId)) toNode(nodeId);
    else if (edge) {
      toNode(edge.source);
      selection.set({ edges: [edge.id] });
    } else {
      selection.clear();
      state.panel.value = 'properties';
    }
  };
  const stepIssue = (step: 1 | -1) => () => {
    const issues = checker.issues.peek();
    if (issues.length === 0) {
      announce(texts.problems.none);
      return;
    }
    const here = onlyNode()?.id;
    const isHere = ({ nodeId }: IssuePlace) =>
      nodeId !== undefined && cardIdOf(document, nodeId) === here;
    // A card may have several: the next one is behind all of them.
    const now = step > 0 ? issues.findLastIndex(isHere) : issues.findIndex(isHere);
    const start = now < 0 && step < 0 ? 0 : now;
    const next = issues.at((start + step) % issues.length);
    if (!next) return;
    reveal(next);
    const node = next.nodeId === undefined ? undefined : document.node(next.nodeId);
    announce(nodeIssueWords(node, next));
  };

  /** Some of a flow is laid out as the rest of it is drawn, all of it as one wishes. */
  const layOut = async (wished = wishedDirection()) => {
    const { nodes } = selection.current.peek();
    const isPart = nodes.size > 1 && nodes.size < cardNodes(document).length;
    const ids = isPart ? nodes : document.nodeIds.peek();
    try {
      await actions.layOut(ids, isPart ? document.direction.peek() : wished);
      if (!isPart) begin();
      announce(texts.steps.layOut);
    } catch {
      toast(texts.layoutFailed, { kind: 'failed' });
    }
  };
  /** Of something new that is for a text, the text has focus; of anything else the card has. */
  const open = (id: string) => {
    canvas.peek()?.focus(id);
    const type = document.node(id)?.type;
    if (type !== 'speak' && type !== 'ai') return;
    if (window.matchMedia('(pointer: coarse)').matches) return;
    // Its form is drawn within some frames, on a busy machine not within the next one.
    const look = (frames: number) => {
      const form = `.inspector:has([data-card="${CSS.escape(id)}"])`;
      const text = root()?.querySelector<HTMLElement>(`${form} textarea`);
      if (text) text.focus();
      else if (frames > 0) requestAnimationFrame(() => look(frames - 1));
    };
    requestAnimationFrame(() => look(60));
  };
  /** From a form back to the card that it is of. */
  const toCard = () => {
    const [id] = selection.current.peek().nodes;
    if (id !== undefined) canvas.peek()?.focus(id);
  };
  const properties = () => {
    const [note] = selection.current.peek().notes;
    if (note !== undefined) canvas.peek()?.write(note);
    if (!onlyNode()) return;
    state.panel.value = 'properties';
    requestAnimationFrame(() =>
      root()?.querySelector<HTMLElement>('.inspector :is(input, textarea, select)')?.focus(),
    );
  };
  const step = (name: 'undo' | 'redo') => () => {
    const what = name === 'undo' ? history.undoName.peek() : history.redoName.peek();
    actions[name]();
    if (what !== undefined) announce(texts[name](what));
  };
  const remove = () => {
    const { nodes, edges, notes } = selection.current.peek();
    const focused = focusedNode();
    actions.removeSelected();
    if (nodes.size === 0) {
      if (edges.size > 0) announce(texts.wireRemoved);
      if (notes.size > 0) announce(texts.notes.removed);
      if (focused !== undefined && document.node(focused)) selection.set({ nodes: [focused] });
      return;
    }
    const words = texts.removed(nodes.size);
    if (nodes.size > 1)
      toast(words, { action: { label: texts.undo(undefined), run: step('undo') } });
    else announce(words);
    root()?.querySelector<HTMLElement>('.canvas')?.focus();
  };
  const nudge = (x: number, y: number) => () => {
    actions.nudge({ x, y });
  };

  const { addAfter, addNote } = createAddCommands(flow, canvas, state, root);
  const { menu, nextWire, clear, focusedNode, labelAt } = createFocusCommands(
    editor,
    canvas,
    state,
    root,
    announce,
  );

  const byKey: Record<Shortcut, () => void> = {
    undo: step('undo'),
    redo: step('redo'),
    remove,
    duplicate: actions.duplicate,
    selectAll: actions.selectAll,
    clear,
    save: () => void saving.flush(),
    layOut: () => void layOut(),
    turn: () => {
      const next = document.direction.peek() === 'down' ? 'right' : 'down';
      wishDirection(next);
      selection.clear();
      void layOut(next);
    },
    properties,
    addAfter,
    note: addNote,
    connect: () => (state.connecting.value = onlyNode()?.id),
    nextWire,
    menu,
    left: nudge(-near, 0),
    right: nudge(near, 0),
    up: nudge(0, -near),
    down: nudge(0, near),
    farLeft: nudge(-far, 0),
    farRight: nudge(far, 0),
    farUp: nudge(0, -far),
    farDown: nudge(0, far),
    goLeft: go('left'),
    goRight: go('right'),
    goUp: go('up'),
    goDown: go('down'),
    find: () => (state.isSearching.value = true),
    nextFault: stepIssue(1),
    previousFault: stepIssue(-1),
    zoomIn: zoom(1.25),
    zoomOut: zoom(0.8),
    zoomReset: () => viewport()?.zoomTo(1),
    fit,
    minimap: () => (state.isMinimapShown.value = !state.isMinimapShown.peek()),
    help: () => (state.areKeysShown.value = true),
  };
  /** What the question for an edge has led to. */
  const connected = (source: string, target: string) => {
    announce(texts.connected(labelAt(source), labelAt(target)));
  };
  return { byKey, reveal, toNode, open, toCard, begin, fit, connected };
}

/** What can be done in the studio. */
export type Commands = ReturnType<typeof createCommands>;
