import { cardWidths, type Direction, inletPoint, mainHandles } from '@crmflow/layout';
import { freePlace } from './free-place.js';
import { boxIn, nodeBoxes, outletAt } from '../canvas/geometry.js';
import { type Alignment, align, distribute } from '../commands/arrange.js';
import { copy, paste } from '../commands/clipboard.js';
import { addConnected, connect, insertOnEdge, type Outlet } from '../commands/edges.js';
import { addPiece, movedPiece, newNode, newQuestion, type Piece } from '../commands/new-node.js';
import { moveFrom, placesOf } from '../commands/move.js';
import { addNote } from '../commands/notes.js';
import { placeNodes, type Point, remove } from '../commands/nodes.js';
import { readFragment, writeFragment } from './clipboard-text.js';
import type { Editor } from '../editor.js';
import { cardNodes, leavingNode, nodesOfCards } from '../model/asks.js';
import { type Diff, squash } from '../model/diff.js';
import { texts } from '../editor-texts.js';
import { layOutDocument } from './layout/lay-out-document.js';
import { newFlowId } from '../new-flow-id.js';
import { allBoxes, noteBox } from '../notes/note-box.js';
import { announceMoved } from '../announce-moved.js';
import { localized } from '../../node-look.js';
import { type AdditionId, viewOfAddition } from '../canvas/kinds.js';

/** How far a node is put from the one that leads to it. */
const gaps = { below: 56, beside: 100, aside: 34 };
/** How far a copy is put from what was copied. */
const beside = { x: 32, y: 32 };

/** What can be done to the flow by menu, key or pointer; each is one step for undo. */
export function createActions(editor: Editor) {
  const { document, history, selection, announcement } = editor;
  const selectedCards = () => [...selection.current.peek().nodes];
  const selectedNodes = () => nodesOfCards(document, selectedCards());
  const selectedNotes = () => [...selection.current.peek().notes];
  const hasCopyable = () => selectedNodes().length + selectedNotes().length > 0;
  const copied = () => copy(document, new Set(selectedNodes()), new Set(selectedNotes()));
  const boxes = () =>
    selectedCards().flatMap((id) => {
      const node = document.node(id);
      return node ? [boxIn(document, node)] : [];
    });
  /** A new node appears with the middle of its head at the pointer. */
  const at = ({ x, y }: Point) => ({ x: x - cardWidths[document.direction.peek()] / 2, y: y - 32 });
  const nameOf = (kind: AdditionId) => localized(viewOfAddition(kind).name);
  const blank = (kind: AdditionId, position: Point): Piece =>
    kind === 'ask'
      ? newQuestion(newFlowId, nameOf(kind), position)
      : { first: newNode(kind, newFlowId(), nameOf(kind), position) };
  const sizeOf = ({ first, last }: Piece) => boxIn(document, first, last?.node);
  /** One step for undo, after which what is new is selected. @returns the id of its card */
  const putNew = (kind: AdditionId, { first, last }: Piece, diff: Diff): string => {
    history.run(texts.steps.add(nameOf(kind)), diff);
    selection.setNew(last ? [first.id, last.node.id] : [first.id]);
    return first.id;
  };
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
    const count = selectedCards().length + noteIds.length;
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
    add(kind: AdditionId, point: Point): string {
      const piece = blank(kind, at(point));
      return putNew(kind, piece, addPiece(document, piece));
    },
    /** As `add`, but below what lies there already. */
    addBeside(kind: AdditionId, point: Point): string {
      const wished = blank(kind, at(point));
      const place = freePlace(wished.first.position, sizeOf(wished), nodeBoxes(document));
      const piece = movedPiece(wished, place);
      return putNew(kind, piece, addPiece(document, piece));
    },
    /** @param point its upper left corner */
    addNote: putNote,
    /** In the middle of where somebody looks, below what lies there already. */
    addNoteBeside(middle: Point): string {
      const size = noteBox({ id: '', text: '', position: middle });
      const wished = { x: middle.x - size.width / 2, y: middle.y - size.height / 2 };
      return putNote(freePlace(wished, size, allBoxes(document)));
    },
    addOnEdge(kind: AdditionId, edgeId: string, point: Point): void {
      const piece = blank(kind, at(point));
      putNew(kind, piece, insertOnEdge(document, edgeId, piece, newFlowId()));
    },
    /** The first way on of the one card that is selected that leads nowhere yet, if there is one. */
    nextOutlet(): Outlet | undefined {
      const [id, ...others] = selectedCards();
      const node = id === undefined || others.length > 0 ? undefined : leavingNode(document, id);
      const sourceHandle =
        node && mainHandles(node).find((handle) => !document.edgeFrom(node.id, handle));
      return node && sourceHandle !== undefined ? { source: node.id, sourceHandle } : undefined;
    },
    /** Where the next node belongs, or as near to that as there is room. */
    addNext(kind: AdditionId, outlet: Outlet): string {
      const source = document.node(outlet.source);
      const direction = document.direction.peek();
      const wished = blank(kind, { x: 0, y: 0 });
      const inlet = inletPoint(direction);
      const out = source && outletAt(document, source, outlet.sourceHandle);
      const beside = direction === 'right' || out?.side === 'right' ? gaps.beside : 0;
      const below = direction === 'down' ? gaps[out?.side === 'right' ? 'aside' : 'below'] : 0;
      const near = {
        x: (out?.x ?? 0) - inlet.x + beside,
        y: (out?.y ?? 0) - inlet.y + below,
      };
      const piece = movedPiece(wished, freePlace(near, sizeOf(wished), nodeBoxes(document)));
      return putNew(kind, piece, addConnected(document, outlet, piece, newFlowId()));
    },
    /** Into an edge, in the place of what it leads to; all from there on makes room. */
    addBetween(kind: AdditionId, edgeId: string): string {
      const edge = document.edge(edgeId);
      const target = edge && document.node(edge.target);
      const position = target?.position ?? { x: 0, y: 0 };
      const piece = blank(kind, position);
      const { width, height } = sizeOf(piece);
      const isDown = document.direction.peek() === 'down';
      const by = isDown ? { x: 0, y: height + gaps.below } : { x: width + gaps.beside, y: 0 };
      const behind = cardNodes(document).filter(({ position: { x, y } }) =>
        isDown ? y >= position.y : x >= position.x,
      );
      const places = new Map(
        behind.map(({ id, position: { x, y } }) => [id, { x: x + by.x, y: y + by.y }]),
      );
      const inserted = insertOnEdge(document, edgeId, piece, newFlowId());
      return putNew(kind, piece, squash(placeNodes(document, places), inserted));
    },
    addAfter(kind: AdditionId, outlet: Outlet, point: Point): string {
      const inlet = inletPoint(document.direction.peek());
      const piece = blank(kind, { x: point.x - inlet.x, y: point.y - inlet.y });
      return putNew(kind, piece, addConnected(document, outlet, piece, newFlowId()));
    },
    removeSelected,
    duplicate() {
      if (hasCopyable()) pasteFragment(copied(), beside, 'duplicate');
    },
    /** The selection as text for the clipboard; empty where nothing is selected. */
    copy: () => (hasCopyable() ? selectedText() : ''),
    cut(): string {
      const text = hasCopyable() ? selectedText() : '';
      const count = selectedCards().length + selectedNotes().length;
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
    async layOut(ids: Iterable<string>, direction: Direction): Promise<void> {
      const nodes = new Set(nodesOfCards(document, ids));
      const places = await layOutDocument(document, nodes, direction);
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
