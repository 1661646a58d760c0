/** What of a list is selected. */
export type Selection = {
  ids: ReadonlySet<string>;
  /** What was pressed last: where a range begins. */
  anchor: string | undefined;
};

/** Nothing is selected. */
export const nothingSelected: Selection = { ids: new Set(), anchor: undefined };

/**
 * Selects something, or takes it out. Pure.
 * @param order the ids of the list as it is shown
 * @param isRange all between it and what was pressed before it becomes what it becomes
 */
export function press(
  { ids, anchor }: Selection,
  id: string,
  { order, isRange }: { order: readonly string[]; isRange: boolean },
): Selection {
  const [from, to] = [anchor === undefined ? -1 : order.indexOf(anchor), order.indexOf(id)];
  const range =
    isRange && from >= 0 ? order.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
  const next = new Set(ids);
  for (const one of range) {
    if (ids.has(id)) next.delete(one);
    else next.add(one);
  }
  return { ids: next, anchor: id };
}
