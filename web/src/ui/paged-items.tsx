import type { ComponentChildren } from 'preact';
import type { PagedList } from '../api/paged-list.js';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { Notice } from './notice.js';

type Props = {
  list: Pick<PagedList<{ id: string }>, 'state' | 'failure' | 'nextCursor' | 'reload' | 'more'> & {
    items: { value: readonly unknown[] };
  };
  words: {
    failed: string;
    more: string;
    /** How many there are, for those who do not see the list; not announced without them. */
    found?: (count: number) => string;
    foundAtLeast?: (count: number) => string;
  };
  /** Shown until the first page is there. */
  skeleton: ComponentChildren;
  /** The items. */
  children: ComponentChildren;
};

/** The items of a paged list, why there are none, and the way to more of them. */
export function PagedItems({ list, words, skeleton, children }: Props) {
  const { items, state, failure, nextCursor } = list;
  const isLoading = state.value === 'loading';
  const count = items.value.length;
  const found = nextCursor.value === null ? words.found : words.foundAtLeast;
  return (
    <>
      {isLoading && count === 0 && skeleton}
      {found && (
        <p class="visually-hidden" role="status">
          {state.value === 'ready' && found(count)}
        </p>
      )}
      {children}
      {state.value === 'failed' && (
        <Notice
          action={
            <Button size="small" onClick={() => void list.reload()}>
              {texts.tryAgain}
            </Button>
          }
        >
          {words.failed}. {failure.value?.message}
        </Notice>
      )}
      {nextCursor.value !== null && state.value !== 'failed' && (
        <div class="more">
          <Button busy={isLoading} onClick={() => void list.more()}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}
