import { Button } from '../../ui/button.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { texts } from '../runs-texts.js';
import { RunItem } from './run-item.js';
import type { RunList } from './run-list.js';

/** The runs that were found, and the ways to newer and to older ones. */
export function RunItems({ list }: { list: RunList }) {
  const { items, state, fresh } = list;
  return (
    <PagedItems
      list={list}
      words={texts.list}
      skeleton={<Skeleton label={texts.list.loading} count={5} />}
    >
      <div class="runs-fresh" role="status">
        {fresh.value > 0 && (
          <Button size="small" onClick={() => void list.reload()}>
            {texts.list.fresh(fresh.value)}
          </Button>
        )}
      </div>
      <ul class="runs" aria-busy={state.value === 'loading'}>
        {items.value.map((run) => (
          <RunItem key={run.id} run={run} />
        ))}
      </ul>
    </PagedItems>
  );
}
