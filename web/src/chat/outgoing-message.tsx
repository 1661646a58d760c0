import { texts } from '../texts.js';
import { connection } from '../realtime/socket.js';
import { Button } from '../ui/button.js';
import type { Deliveries } from './deliver.js';
import { Bubble } from './message.js';
import type { Outgoing } from './outbox.js';

type Props = { outgoing: Outgoing; hasEnded: boolean; deliveries: Deliveries };

function words({ state }: Outgoing, hasEnded: boolean): string {
  if (state === 'held') return hasEnded ? texts.run.unread : texts.run.queued;
  return connection.value === 'connected' ? texts.run.sending : texts.run.kept;
}

/** A reply that the run has not told yet. */
export function OutgoingMessage({ outgoing, hasEnded, deliveries }: Props) {
  const { messageId, text, state, error } = outgoing;
  const note =
    state === 'refused' ? (
      <div class="note small" role="alert">
        <p class="fault">
          {texts.run.notSent}: {error?.message}
        </p>
        {!hasEnded && (
          <Button size="small" onClick={() => deliveries.again(messageId)}>
            {texts.run.sendAgain}
          </Button>
        )}
        <Button size="small" kind="quiet" onClick={() => deliveries.discard(messageId)}>
          {texts.run.discard}
        </Button>
      </div>
    ) : (
      <div class="note small muted">
        <p>{words(outgoing, hasEnded)}</p>
        {hasEnded && state === 'held' && (
          <Button size="small" kind="quiet" onClick={() => deliveries.discard(messageId)}>
            {texts.run.discard}
          </Button>
        )}
      </div>
    );
  return (
    <Bubble role="user" state={state === 'refused' ? 'refused' : 'pending'} note={note}>
      {text}
    </Bubble>
  );
}
