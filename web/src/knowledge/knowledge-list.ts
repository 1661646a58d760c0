import type { KnowledgeItem } from '@crmflow/contracts';
import { batch, effect, signal } from '@preact/signals';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { listKnowledge } from '../api/knowledge.js';
import { isBeingRead } from './reading.js';

/** How often it is asked how far a reading is, in milliseconds. */
const lookEvery = 1_000;

/** What is known, as far as it is loaded, and as it is read. */
export function createKnowledgeList() {
  const items = signal<readonly KnowledgeItem[]>([]);
  const state = signal<'loading' | 'ready' | 'failed'>('loading');
  const failure = signal<ApiError | undefined>(undefined);
  const nextCursor = signal<string | null>(null);

  async function load(cursor: string | null): Promise<void> {
    state.value = 'loading';
    try {
      const page = await listKnowledge(cursor);
      batch(() => {
        items.value = cursor === null ? page.items : [...items.peek(), ...page.items];
        nextCursor.value = page.nextCursor;
        state.value = 'ready';
      });
    } catch (error) {
      batch(() => {
        failure.value = asApiError(error);
        state.value = 'failed';
      });
    }
  }
  const put = (item: KnowledgeItem) => {
    const isNew = !items.peek().some(({ id }) => id === item.id);
    items.value = isNew
      ? [item, ...items.peek()]
      : items.peek().map((one) => (one.id === item.id ? item : one));
  };

  /** What is being read is among the newest; a lost answer is made up for by the next look. */
  async function look(): Promise<void> {
    const page = await listKnowledge(null).catch(() => undefined);
    const fresh = new Map(page?.items.map((item) => [item.id, item]));
    items.value = items.peek().map((item) => fresh.get(item.id) ?? item);
  }

  return {
    items,
    state,
    failure,
    nextCursor,
    reload: () => load(null),
    more: () => load(nextCursor.peek()),
    put,
    remove: (id: string) => (items.value = items.peek().filter((item) => item.id !== id)),
    /** Follows what is being read, until the returned function is called. */
    follow: () =>
      effect(() => {
        if (!items.value.some(isBeingRead)) return;
        const timer = setTimeout(() => void look(), lookEvery);
        return () => clearTimeout(timer);
      }),
  };
}

/** What is known. */
export type KnowledgeList = ReturnType<typeof createKnowledgeList>;
