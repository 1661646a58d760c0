import type { RunSummary } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { createPagedList, type ReadPage } from '../../api/paged-list.js';

/** A run of the list; `id` is its `runId`. */
export type ListedRun = RunSummary & { id: string };

/** The runs that are listed, the newest first. */
export function createRunList(readRuns: ReadPage<RunSummary>) {
  const read: ReadPage<ListedRun> = async (params, cursor) => {
    const { items, nextCursor } = await readRuns(params, cursor);
    return { items: items.map((run) => ({ ...run, id: run.runId })), nextCursor };
  };
  const list = createPagedList(read);
  const fresh = signal(0);
  let asked: Record<string, string> = {};

  return {
    ...list,
    /** How many runs have begun since: they are shown when somebody asks, so that nothing jumps. */
    fresh,
    show(params: Record<string, string>): Promise<void> {
      asked = params;
      fresh.value = 0;
      return list.show(params);
    },
    reload(): Promise<void> {
      fresh.value = 0;
      return list.reload();
    },
    /**
     * Looks how the newest runs stand by now. Where that fails the list stays as it is: the next
     * look tells.
     */
    async look(): Promise<void> {
      const mine = asked;
      const page = await read(mine, null).catch(() => undefined);
      if (!page || mine !== asked || list.state.peek() !== 'ready') return;
      const known = new Set(list.items.peek().map(({ id }) => id));
      const firstKnown = page.items.findIndex(({ id }) => known.has(id));
      for (const run of page.items) if (known.has(run.id)) list.patch(run.id, run);
      fresh.value = firstKnown < 0 ? page.items.length : firstKnown;
    },
  };
}

/** The runs that are listed. */
export type RunList = ReturnType<typeof createRunList>;
