import { texts as appTexts } from '../texts.js';
import { PagedItems } from '../ui/paged-items.js';
import { Skeleton } from '../ui/skeleton.js';
import type { FlowActions } from './flow-actions.js';
import { FlowItem } from './flow-item.js';
import type { FlowList } from './flow-list.js';
import { texts } from './flows-texts.js';
import { onArrow } from './row-focus.js';

/** The flows that were found, and the way to more of them. */
export function FlowItems({ list, actions }: { list: FlowList; actions: FlowActions }) {
  const { loading, failed, more } = appTexts.flows;
  const { found, foundAtLeast } = texts;
  return (
    <PagedItems
      list={list}
      words={{ failed, more, found, foundAtLeast }}
      skeleton={<Skeleton label={loading} count={4} />}
    >
      <ul class="flows" aria-busy={list.state.value === 'loading'} onKeyDown={onArrow}>
        {list.items.value.map((flow) => (
          <FlowItem key={flow.id} flow={flow} actions={actions} />
        ))}
      </ul>
    </PagedItems>
  );
}
