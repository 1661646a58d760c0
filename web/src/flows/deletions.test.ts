import { afterEach, describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { dismiss, toasts } from '../ui/toast/toast.js';
import { createDeletions } from './deletions.js';

afterEach(() => {
  toasts.value = [];
});

/** What was deleted, and how it went. */
function lab({ isOpen = false, failure }: { isOpen?: boolean; failure?: ApiError } = {}) {
  const removed: [string, boolean][] = [];
  const deletions = createDeletions({
    async remove(id, isLast) {
      removed.push([id, isLast]);
      if (failure) throw failure;
    },
    isOpen: () => isOpen,
  });
  return { deletions, removed, hidden: () => [...deletions.hidden.value] };
}

const flow = (id: string) => ({ id, name: id.toUpperCase() });
const toastOf = (id: string) => toasts.value.find(({ text }) => text.includes(id.toUpperCase()));
/** Presses a toast's button as the toaster does: the toast goes first. */
function undo(id: string) {
  const toast = toastOf(id);
  if (toast) dismiss(toast.id);
  toast?.action?.run();
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('deleting a flow', () => {
  it('hides it at once, and deletes it when it can no longer be undone', async () => {
    const { deletions, removed, hidden } = lab();
    deletions.remove(flow('a'));
    await settled();
    expect([hidden(), removed]).toEqual([['a'], []]);
    dismiss(toastOf('a')?.id ?? 0);
    await settled();
    expect([hidden(), removed]).toEqual([['a'], [['a', false]]]);
  });

  it('deletes nothing that was undone, and the others all the same', async () => {
    const { deletions, removed, hidden } = lab();
    deletions.remove(flow('a'));
    deletions.remove(flow('b'));
    undo('a');
    dismiss(toastOf('b')?.id ?? 0);
    await settled();
    expect([hidden(), removed]).toEqual([['b'], [['b', false]]]);
  });

  it('deletes again what was undone once', async () => {
    const { deletions, removed } = lab();
    deletions.remove(flow('a'));
    undo('a');
    await settled();
    deletions.remove(flow('a'));
    dismiss(toastOf('a')?.id ?? 0);
    await settled();
    expect(removed).toEqual([['a', false]]);
  });

  it('deletes what is due once, before the page goes', async () => {
    const { deletions, removed } = lab();
    deletions.remove(flow('a'));
    deletions.remove(flow('b'));
    await deletions.flush();
    await deletions.flush();
    await settled();
    expect(removed).toEqual([
      ['a', true],
      ['b', true],
    ]);
    expect(toasts.value).toEqual([]);
  });

  it('shows the flow again where it could not be deleted', async () => {
    const { deletions, hidden } = lab({ failure: new ApiError('unreachable', 'No answer.') });
    deletions.remove(flow('a'));
    await deletions.flush();
    expect(hidden()).toEqual([]);
    expect(toasts.value).toMatchObject([{ kind: 'failed' }]);
  });

  it('is content where somebody else has deleted it', async () => {
    const { deletions, hidden } = lab({ failure: new ApiError('not_found', 'Gone.') });
    deletions.remove(flow('a'));
    await deletions.flush();
    expect([hidden(), toasts.value]).toEqual([['a'], []]);
  });

  it('keeps a flow that somebody went back to', async () => {
    const { deletions, removed, hidden } = lab({ isOpen: true });
    deletions.remove(flow('a'));
    dismiss(toastOf('a')?.id ?? 0);
    await settled();
    expect([hidden(), removed]).toEqual([[], []]);
  });
});
