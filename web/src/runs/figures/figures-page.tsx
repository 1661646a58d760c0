import { useLocation, useRoute } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { readAnalytics } from '../../api/analytics.js';
import { readWorkflow } from '../../api/workflows.js';
import { Fetched } from '../../ui/fetched.js';
import { FlowPageHead } from '../flow-page-head.js';
import { texts } from '../runs-texts.js';
import { FiguresFilter } from './figures-filter.js';
import { type FiguresQuery, paramsOf, readFiguresQuery } from './figures-query.js';
import { ByStatus, Headline } from './figures.js';
import { NodeFigures } from './node-figures.js';
import './figures.css';

function Counted({ flowId, query }: { flowId: string; query: FiguresQuery }) {
  const words = texts.figures;
  return (
    <Fetched
      key={JSON.stringify(query)}
      label={words.loading}
      failed={words.failed}
      height={320}
      fetch={() => readAnalytics(flowId, paramsOf(query, Date.now()))}
    >
      {(figures) =>
        figures.runs.total === 0 ? (
          <section class="empty">
            <h2>{words.empty.title}</h2>
            <p class="muted">{words.empty.text}</p>
          </section>
        ) : (
          <>
            <Headline figures={figures} />
            <ByStatus runs={figures.runs} />
            <NodeFigures figures={figures} />
          </>
        )
      }
    </Fetched>
  );
}

/** What happened in the runs of a flow, at `/flows/:id/analytics`. */
export function FiguresPage() {
  const words = texts.figures;
  const id = useRoute().params['id'] ?? '';
  const query = readFiguresQuery(useLocation().query);
  const flow = useMemo(() => () => readWorkflow(id), [id]);
  return (
    <div class="page figures-page">
      <Fetched key={id} label={words.loading} failed={words.failed} fetch={flow} height={320}>
        {({ name }) => (
          <>
            <FlowPageHead title={words.of(name)} flowId={id} back={words.back}>
              <FiguresFilter flowId={id} query={query} />
            </FlowPageHead>
            <Counted flowId={id} query={query} />
          </>
        )}
      </Fetched>
    </div>
  );
}
