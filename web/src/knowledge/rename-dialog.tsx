import type { KnowledgeItem } from '@crmflow/contracts';
import { changeKnowledge } from '../api/knowledge.js';
import { Field } from '../ui/field/field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { texts } from './knowledge-texts.js';

/** Gives an item another name. */
export function RenameDialog({
  item,
  onChanged,
  onClose,
}: {
  item: KnowledgeItem;
  onChanged: (item: KnowledgeItem) => void;
  onClose: () => void;
}) {
  return (
    <SubmitDialog
      title={texts.item.rename}
      submit={texts.item.save}
      onSubmit={async (data) =>
        onChanged(await changeKnowledge(item.id, { name: data.get('name') as string }))
      }
      onClose={onClose}
    >
      {({ name }) => (
        <Field name="name" label={texts.item.name} defaultValue={item.name} fault={name} />
      )}
    </SubmitDialog>
  );
}
