import { graphFaults, type Graph, kindIds } from '@crmflow/contracts';
import { handlesOf } from '@crmflow/contracts/nodes';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { align, distribute } from '../commands/arrange.js';
import { copy, paste } from '../commands/clipboard.js';
import { addConnected, connect, insertOnEdge } from '../commands/edges.js';
import { replaceFlow, setFlow } from '../commands/flow.js';
import { addPiece, newNode, newQuestion, type Piece } from '../commands/new-node.js';
import { moveFrom, placesOf } from '../commands/move.js';
import { addNote, writeNote } from '../commands/notes.js';
import { labelNode, remove, setNodeData } from '../commands/nodes.js';
import type { Diff } from '../model/diff.js';
import { openFlow, readFlow } from '../model/flow-document.js';
import type { EditedFlow } from '../model/record.js';
import type { DocumentStore } from '../model/store.js';
import { createHistory, type History } from './history.js';

const empty: EditedFlow = { name: 'A flow', description: '', variables: [], nodes: [], edges: [] };

/** Numbers choose among what is there, so that any sequence of commands means something. */
const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % (from.length || 1)];

type Context = { document: DocumentStore; history: History; newId: () => string };
type Command = (context: Context, a: number, b: number) => Diff;

const somePiece = (newId: () => string, a: number, b: number): Piece => {
  const kind = kindIds[a % (kindIds.length + 1)];
  const at = { x: a, y: b };
  return kind
    ? { first: newNode(kind, newId(), `Node ${a}`, at) }
    : newQuestion(newId, `Question ${a}`, at);
};

const outletOf = (document: DocumentStore, a: number, b: number) => {
  const node = pick(document.nodes(), a);
  return node && { source: node.id, sourceHandle: pick(handlesOf(node), b) ?? 'out' };
};

const boxesOf = (document: DocumentStore) =>
  document.nodes().map(({ id, position }) => ({ id, ...position, width: 200, height: 80 }));

const commands: Record<string, Command> = {
  add: ({ document, newId }, a, b) => addPiece(document, somePiece(newId, a, b)),
  remove: ({ document }, a, b) =>
    remove(document, {
      nodes: [pick(document.nodes(), a)?.id ?? 'none'],
      edges: [pick(document.edges(), b)?.id ?? 'none'],
    }),
  connect({ document, newId }, a, b) {
    const outlet = outletOf(document, a, b);
    const target = pick(document.nodes(), b);
    return outlet && target ? connect(document, outlet, target.id, newId()) : new Map();
  },
  insert({ document, newId }, a, b) {
    const edge = pick(document.edges(), a);
    return edge ? insertOnEdge(document, edge.id, somePiece(newId, a, b), newId()) : new Map();
  },
  draw({ document, newId }, a, b) {
    const outlet = outletOf(document, a, b);
    return outlet ? addConnected(document, outlet, somePiece(newId, b, a), newId()) : new Map();
  },
  label: ({ document }, a, b) =>
    labelNode(document, pick(document.nodes(), a)?.id ?? 'none', `Label ${b}`),
  cases({ document }, a, b) {
    const node = document.nodes().find(({ type }) => type === 'logic');
    const cases = Array.from({ length: b % 4 }, (_, at) => ({
      handle: `case-${a}-${at}`,
      when: '',
    }));
    const renamed = new Map([['case-1', `case-${a}-0`]]);
    return node
      ? setNodeData(document, node.id, { kind: 'branch', cases }, renamed)
      : new Map<never, never>();
  },
  paste({ document, newId }, a, b) {
    const ids = new Set(
      document
        .nodes()
        .slice(0, a % 5)
        .map(({ id }) => id),
    );
    return paste(document, copy(document, ids), { x: b, y: b }, newId).diff;
  },
  align: ({ document }, a) => align(document, boxesOf(document), a % 2 ? 'center' : 'bottom'),
  distribute: ({ document }, a) =>
    distribute(document, boxesOf(document), a % 2 ? 'horizontal' : 'vertical'),
  name: ({ document }, a) =>
    setFlow(document, { name: `Flow ${a}`, variables: [{ name: `v${a}` }] }),
  note: ({ document, newId }, a, b) =>
    addNote(document, { id: newId(), text: `Note ${a}`, position: { x: a, y: b } }),
  write: ({ document }, a, b) =>
    writeNote(document, pick(document.notes(), a)?.id ?? 'none', `Words ${b}`),
  move({ document }, a, b) {
    const notes = document.notes().map(({ id }) => id);
    const nodes = document.nodes().flatMap(({ id }, at) => (at % 2 ? id : []));
    return moveFrom(document, placesOf(document, { nodes, notes }), { x: a, y: b });
  },
  removeNotes: ({ document }, a) =>
    remove(document, { notes: [pick(document.notes(), a)?.id ?? 'none'] }),
  pasteNotes: ({ document, newId }, a, b) =>
    paste(document, copy(document, new Set(), document.noteIds.peek()), { x: a, y: b }, newId).diff,
  replace({ document, newId }, a, b) {
    const nodes = document.nodes().filter((_, at) => at % 2 === 0);
    const ids = new Set(nodes.map(({ id }) => id));
    const edges = document.edges().filter((one) => ids.has(one.source) && ids.has(one.target));
    return replaceFlow(document, {
      ...readFlow(document),
      nodes: [...nodes, somePiece(newId, a, b).first],
      edges,
      notes: document.notes().filter((_, at) => at % 2 === 0),
    });
  },
};

const step = fc.tuple(
  fc.constantFrom(...Object.keys(commands)),
  fc.nat(40),
  fc.nat(40),
  fc.constantFrom('run', 'gesture', 'cancelled'),
);

function carryOut(context: Context, [name, a, b, way]: [string, number, number, string]): void {
  const command = commands[name];
  if (!command) throw new Error(`no command ${name}`);
  if (way === 'run') {
    context.history.run(name, command(context, a, b));
    return;
  }
  const gesture = context.history.begin(name);
  gesture.update(command(context, a, b));
  gesture.update(command(context, b, a));
  if (way === 'gesture') gesture.commit();
  else gesture.cancel();
}

it('undoes any sequence of commands to the first document, and redoes it to the last', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let ids = 0;
      const document = openFlow(empty);
      const history = createHistory(document);
      const seen = [readFlow(document)];
      for (const one of steps) {
        carryOut({ document, history, newId: () => `id-${(ids += 1)}` }, one);
        const flow = readFlow(document);
        expect([...graphFaults(flow as unknown as Graph)]).toEqual([]);
        seen.push(flow);
      }
      const last = seen.at(-1);
      while (history.undoName.value !== undefined) history.undo();
      expect(readFlow(document)).toEqual(empty);
      while (history.redoName.value !== undefined) {
        history.redo();
        expect(seen).toContainEqual(readFlow(document));
      }
      expect(readFlow(document)).toEqual(last);
    }),
    { numRuns: 300 },
  );
});
