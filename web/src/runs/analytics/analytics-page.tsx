import { useLocation, useRoute } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { readAnalytics } from '../../api/analytics.js';
import { enterFlow } from '../../session/enter-flow.js';
import { Fetched } from '../../ui/fetched.js';
import { FlowPageHead } from '../flow-page-head.js';
import { texts } from '../runs-texts.js';
import { AnalyticsFilter } from './analytics-filter.js';
import { type AnalyticsQuery, paramsOf, readAnalyticsQuery } from './analytics-query.js';
import { ByStatus, Headline } from './analytics.js';
import { NodeAnalytics } from './node-analytics.js';
import './analytics.css';

function Counted({ flowId, query }: { flowId: string; query: AnalyticsQuery }) {
  const words = texts.analytics;
  return (
    <Fetched
      key={JSON.stringify(query)}
      label={words.loading}
      failed={words.failed}
      height={320}
      fetch={() => readAnalytics(flowId, paramsOf(query, Date.now()))}
    >
      {(analytics) =>
        analytics.runs.total === 0 ? (
          <section class="empty">
            <h2>{words.empty.title}</h2>
            <p class="muted">{words.empty.text}</p>
          </section>
        ) : (
          <>
            <Headline analytics={analytics} />
            <ByStatus runs={analytics.runs} />
            <NodeAnalytics analytics={analytics} />
          </>
        )
      }
    </Fetched>
  );
}

/** What happened in the runs of a flow, at `/flows/:id/analytics`. */
export function AnalyticsPage() {
  const words = texts.analytics;
  const id = useRoute().params['id'] ?? '';
  const query = readAnalyticsQuery(useLocation().query);
  const flow = useMemo(() => () => enterFlow(id), [id]);
  return (
    <div class="page analytics-page">
      <Fetched key={id} label={words.loading} failed={words.failed} fetch={flow} height={320}>
        {({ name }) => (
          <>
            <FlowPageHead title={words.of(name)} flowId={id} back={words.back}>
              <AnalyticsFilter flowId={id} query={query} />
            </FlowPageHead>
            <Counted flowId={id} query={query} />
          </>
        )}
      </Fetched>
    </div>
  );
}
