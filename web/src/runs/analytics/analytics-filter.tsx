import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { listVersions } from '../../api/versions.js';
import { texts } from '../runs-texts.js';
import { type AnalyticsQuery, analyticsAddress, periods } from './analytics-query.js';

/** Which runs are counted. */
export function AnalyticsFilter({ flowId, query }: { flowId: string; query: AnalyticsQuery }) {
  const words = texts.analytics;
  const { route } = useLocation();
  const numbers = useSignal<readonly string[]>([]);
  useEffect(() => {
    listVersions(flowId, null).then(
      ({ items }) => (numbers.value = items.map(({ number }) => String(number))),
      // One can still choose drafts, or a period; the figures themselves tell what is wrong.
      () => undefined,
    );
  }, [flowId]);
  const isOther = query.version !== '' && query.version !== 'draft';
  const known = new Set([...(isOther ? [query.version] : []), ...numbers.value]);
  const go = (change: Partial<AnalyticsQuery>) =>
    route(analyticsAddress(flowId, { ...query, ...change }));
  return (
    <div class="analytics-filter">
      <label>
        <span class="visually-hidden">{words.period}</span>
        <select
          class="input"
          value={query.days}
          onChange={({ currentTarget: { value } }) => {
            const days = periods.find((one) => String(one) === value);
            if (days) go({ days });
          }}
        >
          {periods.map((days) => (
            <option key={days} value={days} selected={days === query.days}>
              {words.days(days)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{words.version}</span>
        <select
          class="input"
          value={query.version}
          onChange={({ currentTarget: { value } }) => go({ version: value })}
        >
          <option value="">{words.everyVersion}</option>
          <option value="draft" selected={query.version === 'draft'}>
            {words.draft}
          </option>
          {[...known].map((number) => (
            <option key={number} value={number} selected={number === query.version}>
              {words.number(Number(number))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
