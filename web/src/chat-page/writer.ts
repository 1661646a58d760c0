import { signal } from '@preact/signals';

type Writer = 'flow' | 'operator';

/** Who seems to be writing. It is shown for a while, because nobody says that they have stopped. */
export function createWriter() {
  const writer = signal<Writer>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    writer,
    /** Shows who writes for a number of milliseconds, or that nobody does. */
    show(by?: Writer, ms = 0): void {
      clearTimeout(timer);
      writer.value = by;
      if (by) timer = setTimeout(() => (writer.value = undefined), ms);
    },
  };
}
