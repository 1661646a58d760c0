import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { Skeleton } from '../../ui/skeleton.js';
import { RunItem } from './run-item.js';
import type { RunList } from './run-list.js';
import { texts } from '../runs-texts.js';

/** The runs that were found, and the ways to newer and to older ones. */
export function RunItems({ list }: { list: RunList }) {
  const { items, state, failure, nextCursor, fresh } = list;
  const isLoading = state.value === 'loading';
  return (
    <>
      {isLoading && items.value.length === 0 && <Skeleton label={texts.list.loading} count={5} />}
      <div class="runs-fresh" role="status">
        {fresh.value > 0 && (
          <Button size="small" onClick={() => void list.reload()}>
            {texts.list.fresh(fresh.value)}
          </Button>
        )}
      </div>
      <ul class="runs" aria-busy={isLoading}>
        {items.value.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
      {state.value === 'failed' && (
        <Notice
          action={
            <Button size="small" onClick={() => void list.reload()}>
              {shared.tryAgain}
            </Button>
          }
        >
          {texts.list.failed}. {failure.value?.message}
        </Notice>
      )}
      {nextCursor.value !== null && state.value !== 'failed' && (
        <div class="more">
          <Button busy={isLoading} onClick={() => void list.more()}>
            {texts.list.more}
          </Button>
        </div>
      )}
    </>
  );
}
