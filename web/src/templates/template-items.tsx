import type { Template } from '@crmflow/contracts';
import type { PagedList } from '../api/paged-list.js';
import { texts as appTexts } from '../texts.js';
import { PagedItems } from '../ui/paged-items.js';
import { Skeleton } from '../ui/skeleton.js';
import { TemplateCard } from './template-card.js';
import { texts } from './templates-texts.js';

/** The templates that were found, and the way to more of them. */
export function TemplateItems({ list }: { list: PagedList<Template> }) {
  const { failed, found, foundAtLeast } = texts;
  return (
    <PagedItems
      list={list}
      words={{ failed, more: appTexts.flows.more, found, foundAtLeast }}
      skeleton={
        <div class="templates-loading">
          <Skeleton label={texts.loading} count={6} height={280} />
        </div>
      }
    >
      <ul class="templates" aria-busy={list.state.value === 'loading'}>
        {list.items.value.map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </ul>
    </PagedItems>
  );
}
