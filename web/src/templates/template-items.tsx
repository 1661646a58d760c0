import type { Template } from '@crmflow/contracts';
import type { PagedList } from '../api/paged-list.js';
import { texts as appTexts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { Skeleton } from '../ui/skeleton.js';
import { TemplateCard } from './template-card.js';
import { texts } from './templates-texts.js';

/** The templates that were found, and the way to more of them. */
export function TemplateItems({ list }: { list: PagedList<Template> }) {
  const { items, state, failure, nextCursor } = list;
  const isLoading = state.value === 'loading';
  const count = items.value.length;
  return (
    <>
      {isLoading && count === 0 && (
        <div class="templates-loading">
          <Skeleton label={texts.loading} count={6} height={280} />
        </div>
      )}
      <p class="visually-hidden" role="status">
        {state.value === 'ready' &&
          (nextCursor.value === null ? texts.found(count) : texts.foundAtLeast(count))}
      </p>
      <ul class="templates" aria-busy={isLoading}>
        {items.value.map((template) => (
          <TemplateCard key={template.id} template={template} />
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
          {texts.failed}. {failure.value?.message}
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
