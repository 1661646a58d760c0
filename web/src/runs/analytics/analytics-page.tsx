import { useLocation } from 'preact-iso';
import { readAnalytics } from '../../api/analytics.js';
import { FlowFrame } from '../../flow-frame/flow-frame.js';
import { texts as shared } from '../../texts.js';
import { Fetched } from '../../ui/fetched.js';
import { PageTitle } from '../../ui/page-title.js';
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
  const query = readAnalyticsQuery(useLocation().query);
  const title = shared.frame.sections.analytics;
  return (
    <FlowFrame section="analytics">
      {({ id, name }) => (
        <div class="page analytics-page">
          <div class="page-head">
            <PageTitle title={shared.frame.titleOf(title, name)}>{title}</PageTitle>
            <AnalyticsFilter flowId={id} query={query} />
          </div>
          <Counted flowId={id} query={query} />
        </div>
      )}
    </FlowFrame>
  );
}
