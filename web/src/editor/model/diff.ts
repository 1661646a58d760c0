import type { DocumentRecord, RecordKey } from './record.js';

/** How one record changes: made where there is no `before`, removed where there is no `after`. */
export type Change = { before?: DocumentRecord; after?: DocumentRecord };

/** A change of the document, as data: what every command gives and what undo takes back. */
export type Diff = ReadonlyMap<RecordKey, Change>;

/** The diff that takes this one back. */
export function invert(diff: Diff): Diff {
  return new Map([...diff].map(([key, { before, after }]) => [key, turned(before, after)]));
}

function turned(before: Change['before'], after: Change['after']): Change {
  return { ...(after && { before: after }), ...(before && { after: before }) };
}

/** One diff that does what two do, one after the other. What ends as it began is left out. */
export function squash(first: Diff, second: Diff): Diff {
  const whole = new Map(first);
  for (const [key, change] of second) {
    const earlier = whole.get(key);
    const { before } = earlier ?? change;
    const { after } = change;
    if (before === after) whole.delete(key);
    else whole.set(key, { ...(before && { before }), ...(after && { after }) });
  }
  return whole;
}
