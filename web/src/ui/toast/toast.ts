import { signal } from '@preact/signals';

/** Words about something that has just happened, at the edge of the page. */
export type Toast = {
  id: number;
  text: string;
  kind: 'done' | 'failed';
  /** What can be done about it, such as to undo it. */
  action?: { label: string; run: () => void };
};

const shown = 6_000;
/** Longer where there is something to press. */
const shownWithAction = 10_000;

let lastId = 0;

/** The toasts that are shown, the newest last. */
export const toasts = signal<readonly Toast[]>([]);

/** Takes a toast away. */
export function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((toast) => toast.id !== id);
}

/** How long a toast stays while nobody points at it, in milliseconds; a failure stays. */
export function stay({ kind, action }: Toast): number {
  if (kind === 'failed') return Infinity;
  return action ? shownWithAction : shown;
}

/**
 * Shows a toast.
 * @returns takes it away again, such as when what it could undo is past
 */
export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): () => void {
  const id = ++lastId;
  toasts.value = [...toasts.peek(), { id, text, kind: 'done', ...more }];
  return () => dismiss(id);
}
