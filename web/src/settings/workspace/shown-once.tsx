import { useSignal } from '@preact/signals';
import { Check, Copy } from 'lucide';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../settings-texts.js';

/** Shows a secret, which nobody sees again once this is closed. */
export function ShownOnce({
  title,
  text,
  label,
  secret,
  onClose,
}: {
  title: string;
  text: string;
  /** What the secret is. */
  label: string;
  secret: string;
  onClose: () => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const isCopied = useSignal(false);
  const select = () => {
    input.current?.focus();
    // Backward, so that its beginning stays in sight.
    input.current?.setSelectionRange(0, secret.length, 'backward');
    input.current?.scrollTo({ left: 0 });
  };
  useEffect(select, []);
  const copy = () => {
    navigator.clipboard.writeText(secret).then(
      () => (isCopied.value = true),
      // Where the browser does not allow it, what is selected can be copied by hand.
      select,
    );
  };
  const words = texts.once;
  return (
    <Dialog title={title} text={text} onClose={onClose}>
      <div class="field">
        <label for={id}>{label}</label>
        <div class="shown-once">
          <input ref={input} id={id} class="input" readOnly value={secret} />
          <Button onClick={copy}>
            <Icon of={isCopied.value ? Check : Copy} size={16} />
            {isCopied.value ? words.copied : words.copy}
          </Button>
        </div>
        <p class="visually-hidden" role="status">
          {isCopied.value && words.copied}
        </p>
      </div>
      <div class="actions">
        <Button kind="primary" onClick={onClose}>
          {words.done}
        </Button>
      </div>
    </Dialog>
  );
}
