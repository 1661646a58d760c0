import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { CopyField } from '../field/copy-field.js';
import { Dialog } from './dialog.js';

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
  return (
    <Dialog title={title} text={text} onClose={onClose}>
      <CopyField label={label} value={secret} isSelected />
      <div class="actions">
        <Button kind="primary" onClick={onClose}>
          {texts.copy.done}
        </Button>
      </div>
    </Dialog>
  );
}
