import { templateCategories } from '@crmflow/contracts/kinds';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { workspace } from '../session/workspace.js';
import type { Template } from '@crmflow/contracts';
import { createPagedList, type PagedList } from '../api/paged-list.js';
import { listTemplates } from '../api/templates.js';
import { FilterLinks } from '../ui/tabs/filter-links.js';
import { PageTitle } from '../ui/page-title.js';
import { SearchInput } from '../ui/field/search-input.js';
import { texts as shared } from '../texts.js';
import { PagedItems } from '../ui/paged-items.js';
import { Skeleton } from '../ui/skeleton.js';
import { addressOf, paramsOf, readTemplateQuery, type TemplateQuery } from './template-query.js';
import { texts } from './templates-texts.js';
import { FlowDrawing } from './flow-drawing.js';
import { wordsOf } from './template-words.js';
import './templates.css';

/** A template in the list: its picture, what it does and what it needs. */
function TemplateCard({ template }: { template: Template }) {
  const { id, category, isOwn, nodeCount, needs } = template;
  const { name, description } = wordsOf(template);
  return (
    <li class="template">
      <div class="template-picture">
        <FlowDrawing template={template} />
      </div>
      <div class="template-words">
        <h2>
          <a class="template-link" href={`/templates/${id}`}>
            {name}
          </a>
        </h2>
        {description && <p class="small muted">{description}</p>}
        <p class="template-facts small muted">
          <span>{isOwn ? texts.own : texts.categories[category]}</span>
          <span>{texts.nodes(nodeCount)}</span>
          {needs.map((need) => (
            <span key={need}>{texts.need[need].name}</span>
          ))}
        </p>
      </div>
    </li>
  );
}

/** The templates that were found, and the way to more of them. */
function TemplateItems({ list }: { list: PagedList<Template> }) {
  const { failed, found, foundAtLeast } = texts;
  return (
    <PagedItems
      list={list}
      words={{ failed, more: shared.flows.more, found, foundAtLeast }}
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

function NoneFits({ query: { q, category } }: { query: TemplateQuery }) {
  const isOfUsers = category === 'community' && q === '';
  return (
    <section class="empty">
      <h2>{isOfUsers ? texts.noneOfUsers : texts.none}</h2>
      <p class="muted">{isOfUsers ? texts.noneOfUsersText : texts.noneText}</p>
      <a class="button" href="/templates">
        {texts.showAll}
      </a>
    </section>
  );
}

/** The flows to start from, at `/templates`. */
export function TemplatesPage() {
  const { route, query: params } = useLocation();
  const query = readTemplateQuery(params);
  const list = useMemo(() => createPagedList(listTemplates), [workspace.value?.id]);
  const asked = paramsOf(query);
  useEffect(() => void list.show(asked), [list, JSON.stringify(asked)]);
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const links = [undefined, ...templateCategories].map((category) => ({
    href: addressOf({ ...query, category }),
    label: category ? texts.categories[category] : texts.all,
    isCurrent: category === query.category,
  }));
  return (
    <div class="page templates-page">
      <div class="page-head">
        <PageTitle title={texts.title} />
        <p class="muted">{texts.text}</p>
      </div>
      <div class="templates-bar">
        <SearchInput
          label={texts.search}
          hint={texts.searchHint}
          value={query.q}
          onSearch={(q) => route(addressOf({ ...query, q }), true)}
        />
        <FilterLinks label={texts.category} links={links} />
      </div>
      {isNone ? <NoneFits query={query} /> : <TemplateItems list={list} />}
    </div>
  );
}
