import type { Delivery, WebhookDeployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Play, RotateCcw } from 'lucide';
import { useLocation } from 'preact-iso';
import { listDeliveries, replayDelivery } from '../../api/deployments.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { Fetched } from '../../ui/fetched.js';
import { ago } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { attempt } from '../../ui/toast/attempt.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';

const json = (value: unknown) =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2);

const lookOf = ({ status }: Delivery) => (status === null ? '' : status < 400 ? 'ok' : 'bad');

function DeliveryRow({ deploymentId, one }: { deploymentId: string; one: Delivery }) {
  const words = texts.webhook.deliveries;
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const replay = async () => {
    isBusy.value = true;
    const isDone = await attempt(async () => {
      const { runId } = await replayDelivery(deploymentId, one.n);
      route(`/runs/${runId}`);
    });
    if (!isDone) isBusy.value = false;
  };
  return (
    <li class="delivery">
      <div class="delivery-head">
        <span class={`tag small ${lookOf(one)}`}>{one.status ?? words.waiting}</span>
        <time class="small muted" dateTime={one.at} title={one.at}>
          {ago(one.at)}
        </time>
        {one.runId !== null && (
          <a class="small" href={`/runs/${one.runId}`}>
            {words.run}
          </a>
        )}
        {one.isVerified && may('run.start') && (
          <Button
            kind="quiet"
            size="small"
            busy={isBusy.value}
            title={words.replayHint}
            onClick={() => void replay()}
          >
            {!isBusy.value && <Icon of={Play} size={16} />}
            {words.replay}
          </Button>
        )}
      </div>
      {one.detail !== null && <p class="small share-fault">{one.detail}</p>}
      <details class="small">
        <summary>{words.details(one.bytes)}</summary>
        {one.key !== null && (
          <p class="muted">
            {words.key} <code>{one.key}</code>
          </p>
        )}
        <pre tabIndex={0}>{json(one.body)}</pre>
        <pre tabIndex={0}>{json({ query: one.query, headers: one.headers })}</pre>
      </details>
    </li>
  );
}

/** What services have sent, the newest first. */
export function DeliveriesSection({ deployment: { id } }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook.deliveries;
  return (
    <section class="share-part" aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{words.title}</h2>
      <p class="muted">{words.text}</p>
      {!may('transcript.read') ? (
        <p class="muted">{words.hidden}</p>
      ) : (
        <Fetched label={texts.loading} failed={words.failed} fetch={() => listDeliveries(id)}>
          {({ items }, reload) => (
            <>
              <div>
                <Button size="small" onClick={() => void reload()}>
                  <Icon of={RotateCcw} size={16} />
                  {words.reload}
                </Button>
              </div>
              {items.length === 0 ? (
                <p class="muted">{words.none}</p>
              ) : (
                <ul class="rows">
                  {items.map((one) => (
                    <DeliveryRow key={one.n} deploymentId={id} one={one} />
                  ))}
                </ul>
              )}
            </>
          )}
        </Fetched>
      )}
    </section>
  );
}
