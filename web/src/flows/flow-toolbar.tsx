import { ArrowUpDown, Search } from 'lucide';
import { useLocation } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../ui/icon.js';
import { addressOf, type FlowQuery, shown, sorts } from './flow-query.js';
import { texts } from './flows-texts.js';
import { useSearchKey } from './use-search-key.js';

/** How long nobody types before the server is asked. */
const restMs = 250;

function SearchInput({ query }: { query: FlowQuery }) {
  const { route } = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useSearchKey(input);
  useEffect(() => {
    // The back button, or a link: what somebody types is newer than the address.
    const { current } = input;
    if (current && current !== document.activeElement) current.value = query.q;
  }, [query.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (q: string) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (q !== query.q) route(addressOf({ ...query, q }), true);
  };
  return (
    <label class="flow-search">
      <Icon of={Search} />
      <span class="visually-hidden">{texts.search}</span>
      <input
        ref={input}
        class="input"
        type="search"
        placeholder={texts.searchHint}
        maxLength={200}
        defaultValue={query.q}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(timer.current);
          timer.current = setTimeout(() => search(value), restMs);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(event.currentTarget.value);
        }}
      />
    </label>
  );
}

/** What of the flows is shown, and in which order. */
export function FlowToolbar({ query }: { query: FlowQuery }) {
  const { route } = useLocation();
  return (
    <div class="flow-toolbar">
      <SearchInput query={query} />
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
      <nav class="flow-filters" aria-label={texts.show}>
        {shown.map((show) => (
          <a
            key={show}
            href={addressOf({ ...query, show })}
            aria-current={show === query.show ? 'true' : undefined}
          >
            {texts.shows[show]}
          </a>
        ))}
      </nav>
    </div>
  );
}
