import { texts } from '../texts.js';
import type { Draft as Writing } from './live.js';
import { Bubble } from './message.js';

/** The answer that is being written: dots until its first words. */
export function Draft({ draft }: { draft: Writing }) {
  return (
    <Bubble role="ai">
      {draft.text === '' ? (
        <span class="typing">
          <span class="visually-hidden">{`${texts.run.ai} ${texts.run.typing}`}</span>
          <i />
          <i />
          <i />
        </span>
      ) : (
        <>
          {draft.text}
          <span class="caret" />
        </>
      )}
    </Bubble>
  );
}
