import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { asApiError } from '../api/as-api-error.js';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { fieldFaults, type FieldFaults } from './field-faults.js';
import { Notice } from './notice.js';

/** What a dialog with a form takes. */
export type SubmitDialogProps = {
  title: string;
  text?: string;
  /** The word on the button that sends it. */
  submit: string;
  /** Sends it; the dialog shows what is wrong at the fields, and closes where nothing is. */
  onSubmit: (data: FormData) => Promise<void>;
  onClose: () => void;
  /** The fields, each with what is wrong with it. */
  children: (faults: FieldFaults['fields']) => ComponentChildren;
};

/** A dialog with a form that is sent once. */
export function SubmitDialog({
  title,
  text,
  submit,
  onSubmit,
  onClose,
  children,
}: SubmitDialogProps) {
  const isBusy = useSignal(false);
  const faults = useSignal<FieldFaults>({ fields: {} });
  const send = async (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    isBusy.value = true;
    try {
      await onSubmit(data);
      onClose();
    } catch (error) {
      faults.value = fieldFaults(asApiError(error), [...data.keys()]);
      isBusy.value = false;
      const [first] = Object.keys(faults.value.fields);
      if (first) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    }
  };
  const { fields, general } = faults.value;
  return (
    <Dialog title={title} {...(text !== undefined && { text })} onClose={onClose}>
      <form noValidate onSubmit={(event) => void send(event)}>
        {general !== undefined && <Notice>{general}</Notice>}
        {children(fields)}
        <div class="actions">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" type="submit" busy={isBusy.value}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
