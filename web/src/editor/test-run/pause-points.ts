import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Storage } from '../../storage.js';
import type { DocumentReader } from '../model/store.js';

/** The nodes before which tests of a flow pause. */
export type PausePoints = {
  /** Those that the flow still has. */
  nodeIds: ReadonlySignal<ReadonlySet<string>>;
  /** Pauses before the first of the nodes of a card, or before none of them any more. */
  toggle(nodeIds: readonly string[]): void;
};

function read(text: string | null): string[] {
  if (!text) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Pause points are for who tests and no part of the flow: the device keeps them.
 * @param storage keeps them over reloads
 */
export function createPausePoints(
  flowId: string,
  document: DocumentReader,
  storage: Storage,
): PausePoints {
  const key = `pauses.${flowId}`;
  const wanted = signal<readonly string[]>(read(storage.read(key)));
  const nodeIds = computed(
    () => new Set(wanted.value.filter((id) => document.nodeIds.value.has(id))),
  );
  return {
    nodeIds,
    toggle(ids) {
      const now = nodeIds.peek();
      const isOn = ids.some((id) => now.has(id));
      const next = isOn ? [...now].filter((id) => !ids.includes(id)) : [...now, ...ids.slice(0, 1)];
      wanted.value = next;
      storage.write(key, next.length > 0 ? JSON.stringify(next) : '');
    },
  };
}
