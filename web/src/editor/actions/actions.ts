import type { KindId } from '@crmflow/contracts';
import { cardWidths, type Direction, inletPoint, mainHandles } from '@crmflow/layout';
import { freePlace } from './free-place.js';
import { boxIn, nodeBoxes, outletAt } from '../canvas/geometry.js';
import { type Alignment, align, distribute } from '../commands/arrange.js';
import { copy, paste } from '../commands/clipboard.js';
import { addConnected, connect, insertOnEdge, type Outlet } from '../commands/edges.js';
import { newNode } from '../commands/new-node.js';
import { moveFrom, placesOf } from '../commands/move.js';
import { addNote } from '../commands/notes.js';
import { addNode, placeNodes, type Point, remove } from '../commands/nodes.js';
import { readFragment, writeFragment } from './clipboard-text.js';
import type { Editor } from '../editor.js';
import { squash } from '../model/diff.js';
import { texts } from '../editor-texts.js';
import { layOutDocument } from './layout/lay-out-document.js';
import { newFlowId } from '../new-flow-id.js';
import { allBoxes, noteBox } from '../notes/note-box.js';
import { announceMoved } from '../announce-moved.js';
import { localized } from '../../node-look.js';
import { viewOfKind } from '../canvas/kinds.js';

/** How far a node is put from the one that leads to it. */
const gaps = { below: 56, beside: 100, aside: 34 };
/** How far a copy is put from what was copied. */
const beside = { x: 32, y: 32 };

/** What can be done to the flow by menu, key or pointer; each is one step for undo. */
export function createActions(editor: Editor) {
  const { document, history, selection, announcement } = editor;
  const selectedNodes = () =>
    [...selection.current.peek().nodes].filter((id) => document.node(id) !== undefined);
  const selectedNotes = () =>
    [...selection.current.peek().notes].filter((id) => document.note(id) !== undefined);
  const hasCopyable = () => selectedNodes().length + selectedNotes().length > 0;
  const copied = () => copy(document, new Set(selectedNodes()), new Set(selectedNotes()));
  const boxes = () =>
    selectedNodes().flatMap((id) => {
      const node = document.node(id);
      return node ? [boxIn(document, node)] : [];
    });
  /** A new node appears with the middle of its head at the pointer. */
  const at = ({ x, y }: Point) => ({ x: x - cardWidths[document.direction.peek()] / 2, y: y - 32 });
  const nameOf = (kind: KindId) => localized(viewOfKind(kind).name);
  const blank = (kind: KindId, point: Point) => newNode(kind, newFlowId(), nameOf(kind), at(point));
  const selectedText = () => writeFragment(copied());

  const removeSelected = () => {
    const { edges } = selection.current.peek();
    history.run(
      texts.steps.remove,
      remove(document, { nodes: selectedNodes(), edges, notes: selectedNotes() }),
    );
    selection.clear();
  };
  const pasteFragment = (
    fragment: ReturnType<typeof copy>,
    by: Point,
    what: 'paste' | 'duplicate',
  ) => {
    const { diff, nodeIds, noteIds } = paste(document, fragment, by, newFlowId);
    history.run(texts.steps[what], diff);
    selection.set({ nodes: nodeIds, notes: noteIds });
    const count = nodeIds.length + noteIds.length;
    announcement.value = what === 'paste' ? texts.pasted(count) : texts.duplicated(count);
  };

  const putNote = (position: Point): string => {
    const id = newFlowId();
    history.run(texts.steps.addNote, addNote(document, { id, text: '', position }));
    selection.set({ notes: [id] });
    return id;
  };

  return {
    undo: () => history.undo(),
    redo: () => history.redo(),
    /** @param point the middle of the new card's head */
    add(kind: KindId, point: Point): string {
      const node = blank(kind, point);
      history.run(texts.steps.add(nameOf(kind)), addNode(document, node));
      selection.set({ nodes: [node.id] });
      return node.id;
    },
    /** As `add`, but below what lies there already. */
    addBeside(kind: KindId, point: Point): string {
      const node = blank(kind, point);
      const position = freePlace(node.position, boxIn(document, node), nodeBoxes(document));
      history.run(texts.steps.add(nameOf(kind)), addNode(document, { ...node, position }));
      selection.set({ nodes: [node.id] });
      return node.id;
    },
    /** @param point its upper left corner */
    addNote: putNote,
    /** In the middle of where somebody looks, below what lies there already. */
    addNoteBeside(middle: Point): string {
      const size = noteBox({ id: '', text: '', position: middle });
      const wished = { x: middle.x - size.width / 2, y: middle.y - size.height / 2 };
      return putNote(freePlace(wished, size, allBoxes(document)));
    },
    addOnEdge(kind: KindId, edgeId: string, point: Point): void {
      const node = blank(kind, point);
      const diff = insertOnEdge(document, edgeId, node, newFlowId());
      history.run(texts.steps.add(nameOf(kind)), diff);
      selection.set({ nodes: [node.id] });
    },
    /** The first way on of the one node that is selected that leads nowhere yet, if there is one. */
    nextOutlet(): Outlet | undefined {
      const [id, ...others] = selectedNodes();
      const node = id === undefined || others.length > 0 ? undefined : document.node(id);
      const sourceHandle =
        node && mainHandles(node).find((handle) => !document.edgeFrom(node.id, handle));
      return node && sourceHandle !== undefined ? { source: node.id, sourceHandle } : undefined;
    },
    /** Where the next node belongs, or as near to that as there is room. */
    addNext(kind: KindId, outlet: Outlet): string {
      const source = document.node(outlet.source);
      const direction = document.direction.peek();
      const node = newNode(kind, newFlowId(), nameOf(kind), { x: 0, y: 0 });
      const inlet = inletPoint(direction);
      const out = source && outletAt(source, outlet.sourceHandle, direction);
      const beside = direction === 'right' || out?.side === 'right' ? gaps.beside : 0;
      const below = direction === 'down' ? gaps[out?.side === 'right' ? 'aside' : 'below'] : 0;
      const wished = {
        x: (out?.x ?? 0) - inlet.x + beside,
        y: (out?.y ?? 0) - inlet.y + below,
      };
      const position = freePlace(wished, boxIn(document, node), nodeBoxes(document));
      const placed = { ...node, position };
      history.run(
        texts.steps.add(nameOf(kind)),
        addConnected(document, outlet, placed, newFlowId()),
      );
      selection.set({ nodes: [node.id] });
      return node.id;
    },
    /** Into an edge, in the place of what it leads to; all from there on makes room. */
    addBetween(kind: KindId, edgeId: string): string {
      const edge = document.edge(edgeId);
      const target = edge && document.node(edge.target);
      const position = target?.position ?? { x: 0, y: 0 };
      const node = newNode(kind, newFlowId(), nameOf(kind), position);
      const { width, height } = boxIn(document, node);
      const isDown = document.direction.peek() === 'down';
      const by = isDown ? { x: 0, y: height + gaps.below } : { x: width + gaps.beside, y: 0 };
      const behind = document
        .nodes()
        .filter(({ position: { x, y } }) => (isDown ? y >= position.y : x >= position.x));
      const places = new Map(
        behind.map(({ id, position: { x, y } }) => [id, { x: x + by.x, y: y + by.y }]),
      );
      history.run(
        texts.steps.add(nameOf(kind)),
        squash(placeNodes(document, places), insertOnEdge(document, edgeId, node, newFlowId())),
      );
      selection.set({ nodes: [node.id] });
      return node.id;
    },
    addAfter(kind: KindId, outlet: Outlet, point: Point): string {
      const inlet = inletPoint(document.direction.peek());
      const place = { x: point.x - inlet.x, y: point.y - inlet.y };
      const node = newNode(kind, newFlowId(), nameOf(kind), place);
      const diff = addConnected(document, outlet, node, newFlowId());
      history.run(texts.steps.add(nameOf(kind)), diff);
      selection.set({ nodes: [node.id] });
      return node.id;
    },
    removeSelected,
    duplicate() {
      if (hasCopyable()) pasteFragment(copied(), beside, 'duplicate');
    },
    /** The selection as text for the clipboard; empty where nothing is selected. */
    copy: () => (hasCopyable() ? selectedText() : ''),
    cut(): string {
      const text = hasCopyable() ? selectedText() : '';
      const count = selectedNodes().length + selectedNotes().length;
      if (!text) return text;
      removeSelected();
      announcement.value = texts.cut(count);
      return text;
    },
    /** @returns whether the text was a part of a flow */
    paste(text: string, by: Point = beside): boolean {
      const fragment = readFragment(text);
      if (!fragment) return false;
      pasteFragment(fragment, by, 'paste');
      return true;
    },
    /** Pastes so that the upper left corner of what is pasted is at a point. */
    pasteAt(text: string, point: Point): boolean {
      const fragment = readFragment(text);
      if (!fragment) return false;
      const places = [...fragment.nodes, ...fragment.notes].map(({ position }) => position);
      const corner = {
        x: Math.min(...places.map(({ x }) => x)),
        y: Math.min(...places.map(({ y }) => y)),
      };
      const by = { x: point.x - corner.x, y: point.y - corner.y };
      pasteFragment(fragment, by, 'paste');
      return true;
    },
    /** Draws an edge; a handle leads to one node. */
    connect: (outlet: Outlet, target: string) =>
      history.run(texts.steps.connect, connect(document, outlet, target, newFlowId())),
    /** Gives nodes places by what leads to what. @throws Error where that cannot be worked out */
    async layOut(ids: ReadonlySet<string>, direction: Direction): Promise<void> {
      const places = await layOutDocument(document, ids, direction);
      history.run(texts.steps.layOut, placeNodes(document, places));
    },
    selectAll: () =>
      selection.set({ nodes: document.nodeIds.peek(), notes: document.noteIds.peek() }),
    nudge: (by: Point) => {
      const places = placesOf(document, selection.current.peek());
      history.run(texts.steps.move, moveFrom(document, places, by));
      announceMoved(editor);
    },
    align: (alignment: Alignment) =>
      history.run(texts.steps.align, align(document, boxes(), alignment)),
    distribute: (direction: 'horizontal' | 'vertical') =>
      history.run(texts.steps.distribute, distribute(document, boxes(), direction)),
  };
}

/** What can be done to the flow. */
export type Actions = ReturnType<typeof createActions>;
