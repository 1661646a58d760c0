import type { Edge, FlowNodeInput } from '@crmflow/contracts';

/** Which nodes are one card: a message, and the listen node that waits for the reply to it. */
export type AskPairs = {
  /** By the id of a speak node, that of the listen node which waits for the reply. */
  replyOf: ReadonlyMap<string, string>;
  /** The other way round. */
  askOf: ReadonlyMap<string, string>;
};

/** What of a node and of an edge says whether it is asked there. */
type Nodes = readonly Pick<FlowNodeInput, 'id' | 'type'>[];
type Edges = readonly Pick<Edge, 'source' | 'target'>[];

/**
 * Finds where a flow asks: a speak node that leads to a listen node, to which nothing else leads.
 * It is drawn as one card; the flow itself does not say so.
 */
export function askPairs(nodes: Nodes, edges: Edges): AskPairs {
  const types = new Map(nodes.map(({ id, type }) => [id, type]));
  const ways = new Map<string, { out: number; into: number }>();
  const waysOf = (id: string) => {
    const known = ways.get(id) ?? { out: 0, into: 0 };
    ways.set(id, known);
    return known;
  };
  for (const { source, target } of edges) {
    waysOf(source).out += 1;
    waysOf(target).into += 1;
  }
  const pairs = edges.filter(
    ({ source, target }) =>
      types.get(source) === 'speak' &&
      types.get(target) === 'listen' &&
      waysOf(source).out === 1 &&
      waysOf(target).into === 1,
  );
  return {
    replyOf: new Map(pairs.map(({ source, target }) => [source, target])),
    askOf: new Map(pairs.map(({ source, target }) => [target, source])),
  };
}
