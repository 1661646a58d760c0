import { useSignal } from '@preact/signals';
import { asApiError } from '../../api/as-api-error.js';
import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { Dialog } from './dialog.js';
import { Notice } from '../notice.js';

/** What a question takes. */
export type ConfirmDialogProps = {
  title: string;
  text: string;
  /** The word on the button that does it. */
  confirm: string;
  /** Does it; the dialog says what went wrong, and closes where nothing did. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, text, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const isBusy = useSignal(false);
  const failure = useSignal('');
  const onClick = async () => {
    isBusy.value = true;
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      failure.value = asApiError(error).message;
      isBusy.value = false;
    }
  };
  return (
    <Dialog title={title} text={text} size="small" onClose={onClose}>
      {failure.value && <Notice>{failure.value}</Notice>}
      <div class="actions">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button kind="danger" busy={isBusy.value} onClick={() => void onClick()}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
