import { useSignal } from '@preact/signals';
import { RotateCcw, Star } from 'lucide';
import { Icon } from '../ui/icon.js';
import type { Chat } from './model.js';
import { texts } from './texts.js';

const scores = [1, 2, 3, 4, 5];

function Rating({ chat }: { chat: Chat }) {
  const score = useSignal(0);
  const text = useSignal('');
  const state = useSignal<'open' | 'sending' | 'sent' | 'failed'>('open');
  if (state.value === 'sent') {
    return (
      <p class="small muted" role="status">
        {texts.rated}
      </p>
    );
  }
  const send = async () => {
    state.value = 'sending';
    state.value = (await chat.rate(score.peek(), text.peek().trim())) ? 'sent' : 'failed';
  };
  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <fieldset>
        <legend class="small muted">{texts.rate}</legend>
        {scores.map((value) => (
          <label key={value} class={value <= score.value ? 'lit' : ''} title={texts.stars(value)}>
            <input
              {...{ type: 'radio', name: 'score', value }}
              class="visually-hidden"
              aria-label={texts.stars(value)}
              checked={score.value === value}
              onChange={() => (score.value = value)}
            />
            <Icon of={Star} size={24} />
          </label>
        ))}
      </fieldset>
      {score.value > 0 && (
        <>
          <textarea
            class="remark"
            rows={2}
            maxLength={2_000}
            {...{ placeholder: texts.rateText, 'aria-label': texts.rateText, value: text.value }}
            onInput={({ currentTarget }) => (text.value = currentTarget.value)}
          />
          <button type="submit" class="button primary" disabled={state.value === 'sending'}>
            {texts.rateSend}
          </button>
        </>
      )}
      {state.value === 'failed' && (
        <p class="small bad" role="alert">
          {texts.notSent}
        </p>
      )}
    </form>
  );
}

/** What there is to do once a conversation has ended. */
export function Ending({ chat }: { chat: Chat }) {
  const { isFinished, lastSeq } = chat.transcript.value;
  if (!isFinished || chat.outbox.messages.value.length > 0) return null;
  return (
    <section class="ending">
      <p class="divider small muted">{texts.ended}</p>
      <Rating key={lastSeq} chat={chat} />
      <button type="button" class="button" onClick={chat.startAgain}>
        <Icon of={RotateCcw} size={16} /> {texts.startAgain}
      </button>
    </section>
  );
}
