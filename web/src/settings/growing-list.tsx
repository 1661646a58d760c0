import { useSignal } from '@preact/signals';
import { type IconNode, Plus } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.js';
import { Fetched } from '../ui/fetched.js';
import { Icon } from '../ui/icon.js';
import { EmptyBox } from './empty-box.js';
import { texts } from './settings-texts.js';

type Words = { text: string; loading: string; add: string; empty: string; emptyText: string };

/** A section that lists what somebody added, and adds more in a dialog. */
export function GrowingList<T>({
  words,
  icon,
  fetch,
  row,
  dialog,
}: {
  words: Words;
  /** What stands for an empty list. */
  icon: IconNode;
  fetch: () => Promise<T[]>;
  row: (item: T, reload: () => Promise<void>) => ComponentChildren;
  dialog: (on: { onAdded: () => void; onClose: () => void }) => ComponentChildren;
}) {
  const isAdding = useSignal(false);
  return (
    <>
      <p class="muted">{words.text}</p>
      <Fetched label={words.loading} failed={texts.failed} fetch={fetch}>
        {(items, reload) => (
          <>
            <div>
              <Button kind="primary" onClick={() => (isAdding.value = true)}>
                <Icon of={Plus} />
                {words.add}
              </Button>
            </div>
            {items.length === 0 ? (
              <EmptyBox icon={icon} title={words.empty}>
                <p class="muted small">{words.emptyText}</p>
              </EmptyBox>
            ) : (
              <ul class="setting-rows">{items.map((item) => row(item, reload))}</ul>
            )}
            {isAdding.value &&
              dialog({
                onAdded: () => void reload(),
                onClose: () => (isAdding.value = false),
              })}
          </>
        )}
      </Fetched>
    </>
  );
}
