/** A node of the graph that both editors show. */
export type Place = { id: string; label: string; text: string; x: number; y: number };

const columns = (count: number) => Math.ceil(Math.sqrt(count * 0.7));

/** Nodes in rows, from left to right. */
export function places(count: number): Place[] {
  const across = columns(count);
  return Array.from({ length: count }, (_, index) => ({
    id: `n${index}`,
    label: `Step ${index}`,
    text: `What is said in step ${index}`,
    x: (index % across) * 288,
    y: Math.floor(index / across) * 128,
  }));
}

/** As many edges: each node leads to the next one, the last one back to the second. */
export function edges(count: number): { id: string; source: string; target: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `e${index}`,
    source: `n${index}`,
    target: `n${index === count - 1 ? 1 : index + 1}`,
  }));
}

/** How many nodes the address of the page asks for. */
export const asked = (): number => Number(new URLSearchParams(location.search).get('nodes'));
