import { ArrowUpDown } from 'lucide';
import { useLocation } from 'preact-iso';
import { FilterLinks } from '../ui/tabs/filter-links.js';
import { Icon } from '../ui/icon.js';
import { SearchInput } from '../ui/field/search-input.js';
import { addressOf, type FlowQuery, shown, sorts } from './flow-query.js';
import { texts } from './flows-texts.js';

/** What of the flows is shown, and in which order. */
export function FlowToolbar({ query }: { query: FlowQuery }) {
  const { route } = useLocation();
  return (
    <div class="list-tools">
      <SearchInput
        label={texts.search}
        hint={texts.searchHint}
        value={query.q}
        onSearch={(q) => route(addressOf({ ...query, q }), true)}
      />
      <label class="flow-sort">
        <Icon of={ArrowUpDown} size={16} />
        <span class="visually-hidden">{texts.sort}</span>
        <select
          class="input"
          value={query.sort}
          onChange={({ currentTarget }) => {
            const sort = sorts.find((one) => one === currentTarget.value);
            if (sort) route(addressOf({ ...query, sort }));
          }}
        >
          {sorts.map((sort) => (
            <option key={sort} value={sort}>
              {texts.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <FilterLinks
        label={texts.show}
        links={shown.map((show) => ({
          href: addressOf({ ...query, show }),
          label: texts.shows[show],
          isCurrent: show === query.show,
        }))}
      />
    </div>
  );
}
