import { texts as appTexts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Skeleton } from '../ui/skeleton.js';
import type { FlowActions } from './flow-actions.js';
import { FlowItem } from './flow-item.js';
import type { FlowList } from './flow-list.js';
import { texts } from './flows-texts.js';
import { onArrow } from './row-focus.js';

/** The flows that were found, and the way to more of them. */
export function FlowItems({ list, actions }: { list: FlowList; actions: FlowActions }) {
  const { items, state, failure, nextCursor } = list;
  const isLoading = state.value === 'loading';
  const count = items.value.length;
  return (
    <>
      {isLoading && count === 0 && <Skeleton label={appTexts.flows.loading} count={4} />}
      <p class="visually-hidden" role="status">
        {state.value === 'ready' &&
          (nextCursor.value === null ? texts.found(count) : texts.foundAtLeast(count))}
      </p>
      <ul class="flows" aria-busy={isLoading} onKeyDown={onArrow}>
        {items.value.map((flow) => (
          <FlowItem key={flow.id} flow={flow} actions={actions} />
        ))}
      </ul>
      {state.value === 'failed' && (
        <Notice
          action={
            <Button size="small" onClick={() => void list.reload()}>
              {appTexts.tryAgain}
            </Button>
          }
        >
          {appTexts.flows.failed}. {failure.value?.message}
        </Notice>
      )}
      {nextCursor.value !== null && state.value !== 'failed' && (
        <div class="more">
          <Button busy={isLoading} onClick={() => void list.more()}>
            {appTexts.flows.more}
          </Button>
        </div>
      )}
    </>
  );
}
