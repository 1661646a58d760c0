import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { type Diff, invert, squash } from '../model/diff.js';
import type { DocumentStore } from '../model/store.js';

/** A step that undo takes back, with words for people: "Move 3 nodes". */
export type Step = { name: string; diff: Diff };

/** Several changes that undo takes back as one, such as all of a drag. */
export type Gesture = {
  /** Whether it still takes updates: another one may have ended it. */
  isOpen(): boolean;
  update(diff: Diff): void;
  /** Ends it as one step; none where nothing has changed in the end. */
  commit(): void;
  /** Takes all of it back, as if it had not been. */
  cancel(): void;
};

/** All changes of the document go through here. */
export type History = {
  /** Makes a change that is a step of its own. An empty diff is none. */
  run(name: string, diff: Diff): void;
  /** Begins a gesture; one that is still open is committed. */
  begin(name: string): Gesture;
  undo(): void;
  redo(): void;
  /** The names of what undo and redo would do next. */
  undoName: ReadonlySignal<string | undefined>;
  redoName: ReadonlySignal<string | undefined>;
};

const steps = 1_000;

/** @param store whose changes it makes; nobody else may */
export function createHistory(store: DocumentStore): History {
  const done = signal<readonly Step[]>([]);
  const undone = signal<readonly Step[]>([]);
  let open: Gesture | undefined;
  /** The name of a gesture that is open and has changed something: undo would take it back. */
  const openName = signal<string | undefined>(undefined);

  const push = (step: Step) => {
    done.value = [...done.peek(), step].slice(-steps);
    undone.value = [];
  };

  const begin = (name: string): Gesture => {
    open?.commit();
    let diff: Diff = new Map();
    let isOpen = true;
    const close = () => {
      isOpen = false;
      open = undefined;
      openName.value = undefined;
    };
    const gesture: Gesture = {
      isOpen: () => isOpen,
      update(next) {
        if (!isOpen) return;
        store.apply(next);
        diff = squash(diff, next);
        openName.value = diff.size > 0 ? name : undefined;
      },
      commit() {
        if (!isOpen) return;
        close();
        if (diff.size > 0) push({ name, diff });
      },
      cancel() {
        if (!isOpen) return;
        close();
        store.apply(invert(diff));
      },
    };
    open = gesture;
    return gesture;
  };

  return {
    begin,
    run(name, diff) {
      const gesture = begin(name);
      gesture.update(diff);
      gesture.commit();
    },
    undo() {
      open?.commit();
      const step = done.peek().at(-1);
      if (!step) return;
      store.apply(invert(step.diff));
      done.value = done.peek().slice(0, -1);
      undone.value = [...undone.peek(), step];
    },
    redo() {
      open?.commit();
      const step = undone.peek().at(-1);
      if (!step) return;
      store.apply(step.diff);
      undone.value = undone.peek().slice(0, -1);
      done.value = [...done.peek(), step];
    },
    undoName: computed(() => openName.value ?? done.value.at(-1)?.name),
    redoName: computed(() =>
      openName.value === undefined ? undone.value.at(-1)?.name : undefined,
    ),
  };
}
