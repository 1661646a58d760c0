import type { DeliveryAttempt, OutboundDelivery } from '@crmflow/contracts';
import { RotateCcw, Send } from 'lucide';
import { type EndpointOf, listOutboundDeliveries, resendDelivery } from '../../api/endpoints.js';
import { Button } from '../../ui/button.js';
import { Fetched } from '../../ui/fetched.js';
import { ago } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { attempt } from '../../ui/toast/attempt.js';
import { texts } from '../settings-texts.js';

const lookOf = { pending: '', delivered: 'ok', undelivered: 'bad' } as const;

function AttemptRow({ one }: { one: DeliveryAttempt }) {
  return (
    <li>
      <p class="muted">
        <strong>{one.status ?? texts.endpoints.noAnswer}</strong> ·{' '}
        <time dateTime={one.at} title={one.at}>
          {ago(one.at)}
        </time>{' '}
        · {one.durationMs} ms
      </p>
      {one.error !== null && <p>{one.error}</p>}
      {one.answer !== '' && <pre tabIndex={0}>{one.answer}</pre>}
    </li>
  );
}

function DeliveryRow({ one, onResend }: { one: OutboundDelivery; onResend: () => void }) {
  const words = texts.endpoints;
  const { type, status, createdAt, nextAttemptAt, attempts, body, isTest } = one;
  return (
    <li class="sent">
      <div class="sent-head">
        <span class={`tag small ${lookOf[status]}`}>{words.statuses[status]}</span>
        <span class="small">
          {isTest && `${words.isTest}: `}
          {words.types[type]}
        </span>
        <time class="small muted" dateTime={createdAt} title={createdAt}>
          {ago(createdAt)}
        </time>
        <Button kind="quiet" size="small" onClick={onResend}>
          <Icon of={Send} size={16} />
          {words.resend}
        </Button>
      </div>
      {nextAttemptAt !== null && <p class="small muted">{words.next(ago(nextAttemptAt))}</p>}
      <details class="small">
        <summary>{words.attempts(attempts.length)}</summary>
        <ul>
          {attempts.map((each) => (
            <AttemptRow key={each.at} one={each} />
          ))}
        </ul>
        <pre tabIndex={0}>{JSON.stringify(JSON.parse(body), null, 2)}</pre>
      </details>
    </li>
  );
}

/** What an endpoint was sent, the newest first, with each attempt. */
export function EndpointDeliveries({ endpoint }: { endpoint: EndpointOf }) {
  const words = texts.endpoints;
  return (
    <Fetched
      label={words.loading}
      failed={texts.failed}
      fetch={() => listOutboundDeliveries(endpoint)}
    >
      {({ items }, reload) => (
        <>
          <div>
            <Button size="small" onClick={() => void reload()}>
              <Icon of={RotateCcw} size={16} />
              {words.reload}
            </Button>
          </div>
          {items.length === 0 ? (
            <p class="muted small">{words.none}</p>
          ) : (
            <ul class="rows" aria-label={words.deliveries}>
              {items.map((one) => (
                <DeliveryRow
                  key={one.id}
                  one={one}
                  onResend={() =>
                    void attempt(async () => {
                      await resendDelivery(endpoint, one.id);
                      await reload();
                    })
                  }
                />
              ))}
            </ul>
          )}
        </>
      )}
    </Fetched>
  );
}
