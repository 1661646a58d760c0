import type { FlowAnalytics } from '@crmflow/contracts';
import { language } from '../../texts/language.js';
import { StatusDot } from '../../ui/status-dot.js';
import { runStatuses } from '@crmflow/contracts/kinds';
import { texts } from '../runs-texts.js';
import { texts as appTexts } from '../../texts.js';

const whole = new Intl.NumberFormat(language);
const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div class="figure">
      <dt class="small muted">{label}</dt>
      <dd>
        <strong>{value}</strong>
        {note && <span class="small muted">{note}</span>}
      </dd>
    </div>
  );
}

/** What stands above everything: how many runs, how many came to their end, what they took. */
export function Headline({ analytics }: { analytics: FlowAnalytics }) {
  const words = texts.analytics;
  const { runs, completionRate, nodes } = analytics;
  const tokens = nodes.reduce((sum, node) => sum + node.tokens, 0);
  return (
    <dl class="figures">
      <Figure label={words.runs} value={whole.format(runs.total)} />
      <Figure
        label={words.completion}
        value={completionRate === null ? words.none : percent.format(completionRate)}
        note={words.completionOf}
      />
      <Figure label={words.tokens} value={compact.format(tokens)} />
    </dl>
  );
}

/** How the runs stand: a bar, and what each of its parts means. */
export function ByStatus({ runs }: Pick<FlowAnalytics, 'runs'>) {
  const parts = runStatuses
    .map((status) => ({ status, count: runs.byStatus[status] ?? 0 }))
    .filter(({ count }) => count > 0);
  return (
    <section class="figure-card" aria-labelledby="by-status">
      <h2 id="by-status">{texts.analytics.byStatus}</h2>
      <div class="status-bar" aria-hidden="true">
        {parts.map(({ status, count }) => (
          <span key={status} class={`status-dot ${status}`} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul class="status-legend">
        {parts.map(({ status, count }) => (
          <li key={status}>
            <StatusDot status={status} />
            {appTexts.runStatuses[status]}
            <strong>{whole.format(count)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
