import { texts } from '../texts.js';
import { connection } from '../realtime/socket.js';
import type { StatusWords } from './status-words.js';

/** Where the run is, and whether the page hears of it. */
export function StatusLine({ status }: { status: StatusWords }) {
  return (
    <div class="status-line">
      <p class={`status ${status.tone}`} role="status">
        <span class="dot" />
        <span>
          {status.words}
          {status.detail && <span class="detail">{status.detail}</span>}
        </span>
      </p>
      {connection.value === 'lost' && (
        <p class="status warn" role="status">
          <span class="spinner" />
          {texts.run.reconnecting}
        </p>
      )}
    </div>
  );
}
