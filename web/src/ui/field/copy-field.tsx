import { useSignal } from '@preact/signals';
import { Check, Copy } from 'lucide';
import { useEffect, useId, useRef } from 'preact/hooks';
import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { Icon } from '../icon.js';
import './copy-field.css';
import './field.css';

/** What a text to copy takes. */
export type CopyFieldProps = {
  label: string;
  value: string;
  /** As many lines as it has, instead of one. */
  isCode?: boolean;
  /** Whether it is selected at once, so that it can be copied by hand too. */
  isSelected?: boolean;
  hint?: string;
};

/** A text that is there to be copied: a link, a secret, code. */
export function CopyField({ label, value, isCode, isSelected, hint }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const isCopied = useSignal(false);
  const select = () => {
    field.current?.focus();
    // Backward, so that its beginning stays in sight.
    field.current?.setSelectionRange(0, value.length, 'backward');
    field.current?.scrollTo({ left: 0 });
  };
  useEffect(() => {
    if (isSelected) select();
  }, []);
  useEffect(() => {
    isCopied.value = false;
  }, [value]);
  const copy = () => {
    navigator.clipboard.writeText(value).then(
      () => (isCopied.value = true),
      // Where the browser does not allow it, what is selected can be copied by hand.
      select,
    );
  };
  const input = {
    ...{ ref: field, id, class: 'input', readOnly: true, value, spellcheck: false },
    'aria-describedby': hint === undefined ? undefined : `${id}-note`,
  };
  const button = (
    <Button size="small" onClick={copy}>
      <Icon of={isCopied.value ? Check : Copy} size={16} />
      {isCopied.value ? texts.copy.copied : texts.copy.copy}
      <span class="visually-hidden">{label}</span>
    </Button>
  );
  const lines = value.split('\n').length;
  return (
    <div class="field">
      <div class="copy-field-head">
        <label for={id}>{label}</label>
        {isCode && button}
      </div>
      {isCode ? (
        <textarea
          {...input}
          class="input copy-code"
          rows={lines}
          wrap={lines > 1 ? 'off' : 'soft'}
        />
      ) : (
        <div class="copy-field">
          <input {...input} />
          {button}
        </div>
      )}
      {hint !== undefined && (
        <p id={`${id}-note`} class="small muted">
          {hint}
        </p>
      )}
      <p class="visually-hidden" role="status">
        {isCopied.value && texts.copy.copied}
      </p>
    </div>
  );
}
