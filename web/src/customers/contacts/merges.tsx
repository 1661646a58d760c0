import type { Contact } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { undoMerge } from '../../api/contacts.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { aboutWhen } from '../../ui/format/when.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import { contactName } from '../contact-name.js';
import { texts } from '../customers-texts.js';

/** The contacts that were merged into one, each with the way back. */
export function Merges({
  contact: { id, merges },
  onUndone,
}: {
  contact: Contact;
  onUndone: () => Promise<void>;
}) {
  const words = texts.contact;
  const busy = useSignal<string | undefined>(undefined);
  if (merges.length === 0) return null;
  const undo = async (mergeId: string) => {
    busy.value = mergeId;
    await attempt(async () => {
      const again = await undoMerge(id, mergeId);
      toast(words.mergeUndone(contactName(again)));
      await onUndone();
    });
    busy.value = undefined;
  };
  return (
    <ul class="contact-merges small muted">
      {merges.map(({ id: mergeId, contactId, name, email, at }) => {
        const other = contactName({ id: contactId, name, email });
        return (
          <li key={mergeId}>
            {words.mergedWith(other, aboutWhen(at))}
            {may('contact.delete') && (
              <Button
                kind="quiet"
                size="small"
                busy={busy.value === mergeId}
                aria-label={words.undoMergeOf(other)}
                onClick={() => void undo(mergeId)}
              >
                {words.undoMerge}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
