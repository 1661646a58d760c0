import type { LeftOut } from '@crmflow/contracts';

const exampleLength = 100;

/** Adds up what a reading leaves out, by its reason. */
export function createLeftOut() {
  const byReason = new Map<LeftOut['reason'], LeftOut & { pages: number[] }>();
  return {
    /** @param page from 1 */
    add(reason: LeftOut['reason'], text: string, page?: number): void {
      const shown = text.replace(/\s+/g, ' ').trim();
      const known = byReason.get(reason) ?? { reason, characters: 0, pages: [] };
      known.characters += shown.length;
      if (shown !== '') known.example ??= shown.slice(0, exampleLength).toWellFormed();
      if (page !== undefined && known.pages.at(-1) !== page) known.pages.push(page);
      byReason.set(reason, known);
    },
    all: (): LeftOut[] =>
      [...byReason.values()].map(({ pages, ...rest }) => ({
        ...rest,
        ...(pages.length > 0 && { pages: pages.slice(0, 100) }),
      })),
  };
}
