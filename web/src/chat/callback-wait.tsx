import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { callCallback, readCallback } from '../api/runs.js';
import { asApiError } from '../api/as-api-error.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { CopyField } from '../ui/field/copy-field.js';
import './callback-wait.css';

/** Where a run waits for a call of its address: the address, and a way to call it from here. */
export function CallbackWait({ runId, visit }: { runId: string; visit: string }) {
  const url = useSignal<string | undefined>(undefined);
  const content = useSignal('{"decision": "yes"}');
  const fault = useSignal<string | undefined>(undefined);
  const isSending = useSignal(false);
  const words = texts.callback;

  useEffect(() => {
    let isCurrent = true;
    url.value = undefined;
    fault.value = undefined;
    readCallback(runId).then(
      (address) => isCurrent && (url.value = address.url),
      (error: unknown) => isCurrent && (fault.value = asApiError(error).message),
    );
    return () => void (isCurrent = false);
  }, [runId, visit]);

  const send = async () => {
    if (url.value === undefined) return;
    isSending.value = true;
    fault.value = undefined;
    try {
      await callCallback(url.value, content.value);
    } catch (error) {
      fault.value = asApiError(error).message;
    }
    isSending.value = false;
  };

  return (
    <section class="callback-wait" aria-label={words.title}>
      <p class="small muted">{words.text}</p>
      {url.value !== undefined && <CopyField label={words.address} value={url.value} />}
      <form
        class="callback-try"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label for="callback-content">{words.content}</label>
        <div class="callback-row">
          <textarea
            id="callback-content"
            class="input"
            rows={1}
            spellcheck={false}
            value={content.value}
            aria-invalid={fault.value !== undefined}
            aria-describedby="callback-fault"
            onInput={({ currentTarget }) => (content.value = currentTarget.value)}
          />
          <Button type="submit" busy={isSending.value} disabled={url.value === undefined}>
            {words.send}
          </Button>
        </div>
        <p id="callback-fault" class="small fault" role="status">
          {fault.value}
        </p>
      </form>
    </section>
  );
}
