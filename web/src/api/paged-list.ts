import type { Page } from '@crmflow/contracts';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { ApiError } from './api-error.js';
import { asApiError } from './as-api-error.js';

/** Reads a page of a list. @param params of the API, such as `q` */
export type ReadPage<Item> = (
  params: Record<string, string>,
  cursor: string | null,
) => Promise<Page<Item>>;

/**
 * A list as far as it is loaded, a page after the other. The answer to a question that was asked
 * before the last one changes nothing.
 */
export function createPagedList<Item extends { id: string }>(read: ReadPage<Item>) {
  const items = signal<readonly Item[]>([]);
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const failure = signal<ApiError | undefined>(undefined);
  const nextCursor = signal<string | null>(null);
  let asked: Record<string, string> = {};
  let turn = 0;
  /** How many pages are loaded. */
  let pages = 0;

  async function load(cursor: string | null): Promise<void> {
    const mine = ++turn;
    state.value = 'loading';
    try {
      const page = await read(asked, cursor);
      if (mine !== turn) return;
      batch(() => {
        const known = new Set(cursor === null ? [] : items.value.map(({ id }) => id));
        const fresh = page.items.filter(({ id }) => !known.has(id));
        items.value = cursor === null ? fresh : [...items.value, ...fresh];
        nextCursor.value = page.nextCursor;
        pages = cursor === null ? 1 : pages + 1;
        state.value = 'ready';
      });
    } catch (error) {
      if (mine !== turn) return;
      batch(() => {
        failure.value = asApiError(error);
        state.value = 'failed';
      });
    }
  }

  return {
    items: items as ReadonlySignal<readonly Item[]>,
    state: state as ReadonlySignal<'loading' | 'ready' | 'failed'>,
    failure: failure as ReadonlySignal<ApiError | undefined>,
    nextCursor: nextCursor as ReadonlySignal<string | null>,
    /** Lists what fits. */
    show(params: Record<string, string>): Promise<void> {
      asked = params;
      return load(null);
    },
    reload: () => load(null),
    more: () => load(nextCursor.peek()),
    /**
     * Reads the first page again: what is new or has changed moves to its place, and nothing goes
     * blank. Where that fails the list stays as it is.
     */
    async refresh(): Promise<void> {
      const mine = turn;
      const page = await read(asked, null).catch(() => undefined);
      if (!page || mine !== turn || state.peek() !== 'ready') return;
      batch(() => {
        const fresh = new Set(page.items.map(({ id }) => id));
        const rest = pages > 1 ? items.peek().filter(({ id }) => !fresh.has(id)) : [];
        items.value = [...page.items, ...rest];
        if (pages <= 1) nextCursor.value = page.nextCursor;
      });
    },
    /** Shows an item otherwise than it was loaded. */
    patch(id: string, fields: Partial<Item>): void {
      items.value = items.peek().map((item) => (item.id === id ? { ...item, ...fields } : item));
    },
  };
}

/** A list as far as it is loaded. */
export type PagedList<Item extends { id: string }> = ReturnType<typeof createPagedList<Item>>;
