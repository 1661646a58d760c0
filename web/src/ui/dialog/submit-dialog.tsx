import type { ComponentChildren } from 'preact';
import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { Dialog } from './dialog.js';
import type { FieldFaults } from '../field-faults.js';
import { Notice } from '../notice.js';
import { useSubmit } from './use-submit.js';

/** What a dialog with a form takes. */
export type SubmitDialogProps = {
  title: string;
  text?: string;
  /** The word on the button that sends it. */
  submit: string;
  /** Whether what it does cannot be undone. */
  isDangerous?: boolean;
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
  isDangerous = false,
  onSubmit,
  onClose,
  children,
}: SubmitDialogProps) {
  const sending = useSubmit(onSubmit, onClose);
  const { fields, general } = sending.faults.value;
  return (
    <Dialog title={title} {...(text !== undefined && { text })} onClose={onClose}>
      <form noValidate onSubmit={sending.onSubmit}>
        {general !== undefined && <Notice>{general}</Notice>}
        {children(fields)}
        <div class="actions">
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind={isDangerous ? 'danger' : 'primary'}
            type="submit"
            busy={sending.isBusy.value}
          >
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
