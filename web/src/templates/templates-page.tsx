import { templateCategories } from '@crmflow/contracts/kinds';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { createPagedList } from '../api/paged-list.js';
import { listTemplates } from '../api/templates.js';
import { FilterLinks } from '../ui/tabs/filter-links.js';
import { PageTitle } from '../ui/page-title.js';
import { SearchInput } from '../ui/field/search-input.js';
import { TemplateItems } from './template-items.js';
import { addressOf, paramsOf, readTemplateQuery, type TemplateQuery } from './template-query.js';
import { texts } from './templates-texts.js';
import './templates.css';

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
  const list = useMemo(() => createPagedList(listTemplates), []);
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
