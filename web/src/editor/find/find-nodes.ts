import type { FlowNodeInput } from '@crmflow/contracts';

/** A node that was looked for. */
export type Found = {
  id: string;
  node: FlowNodeInput;
  label: string;
  /** What of it was meant, where that is not its label. */
  excerpt: string;
};

/** As many as somebody looks through. */
const most = 50;
/** Characters around what was meant. */
const around = 30;

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) yield* textsIn(item);
  }
}

const plain = (text: string) => text.toLocaleLowerCase();

function excerptOf(text: string, query: string): string {
  const at = plain(text).indexOf(query);
  const from = Math.max(0, at - around);
  const to = at + query.length + around;
  const words = text.slice(from, to).replace(/\s+/g, ' ');
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}

/**
 * Looks for nodes by what they are called, of which kind they are and what they say or hold; those
 * whose label begins with it come first.
 * @param nameOf what a node's kind is called
 */
export function findNodes(
  nodes: readonly FlowNodeInput[],
  query: string,
  nameOf: (node: FlowNodeInput) => string,
): Found[] {
  const q = plain(query.trim());
  const found: { rank: number; it: Found }[] = [];
  for (const node of nodes) {
    const { id, data } = node;
    const kind = nameOf(node);
    const label = node.label || kind;
    const add = (rank: number, excerpt = '') =>
      found.push({ rank, it: { id, node, label, excerpt } });
    if (plain(label).startsWith(q)) add(0);
    else if (plain(label).includes(q)) add(1);
    else if (plain(kind).startsWith(q)) add(2);
    else {
      const match = [...textsIn(data)].find((text) => plain(text).includes(q));
      if (match !== undefined) add(3, excerptOf(match, q));
    }
  }
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ it }) => it);
}
