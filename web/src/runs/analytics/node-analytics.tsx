import type { FlowAnalytics, NodeAnalytics } from '@crmflow/contracts';
import { language } from '../../texts/language.js';
import { durationWords } from '../../ui/format/duration-words.js';
import { texts } from '../runs-texts.js';
import { kindStyle, typeLooks } from '../../node-look.js';

const whole = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });

function NodeRow({ node, total }: { node: NodeAnalytics; total: number }) {
  const words = texts.analytics;
  const share = total === 0 ? 0 : node.reached / total;
  return (
    <tr>
      <th scope="row">
        <span class="kind-mark" style={kindStyle(typeLooks[node.type])} aria-hidden="true" />
        {node.label || node.nodeId}
        {!node.inDraft && <span class="small muted"> ({words.gone})</span>}
      </th>
      <td>
        <span class="reach-bar" aria-hidden="true">
          <span style={{ width: percentWidth(share) }} />
        </span>
        {words.reachedBy(node.reached, percent.format(share))}
      </td>
      <td class={node.dropped > 0 ? 'is-dropped' : 'muted'}>{whole.format(node.dropped)}</td>
      <td>{node.medianMs === null ? words.none : durationWords(node.medianMs)}</td>
      <td>{node.tokens === 0 ? words.none : whole.format(node.tokens)}</td>
    </tr>
  );
}

const percentWidth = (share: number) => `${Math.round(share * 100)}%`;

/** What happened at each node. */
export function NodeAnalytics({ analytics }: { analytics: FlowAnalytics }) {
  const words = texts.analytics;
  return (
    <section class="figure-card" aria-labelledby="by-node">
      <h2 id="by-node">{words.nodes}</h2>
      <div class="figure-table" tabIndex={0} role="group" aria-labelledby="by-node">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.node}</th>
              <th scope="col">{words.reached}</th>
              <th scope="col">{words.dropped}</th>
              <th scope="col">{words.median}</th>
              <th scope="col">{words.tokens}</th>
            </tr>
          </thead>
          <tbody>
            {analytics.nodes.map((node) => (
              <NodeRow key={node.nodeId} node={node} total={analytics.runs.total} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
