import type { KnowledgeItem } from '@crmflow/contracts';
import { scrapePage } from '../api/knowledge.js';
import { Field } from '../ui/field/field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { texts } from './knowledge-texts.js';

/** Asks for the address of a page of the web that is to be read. */
export function PageDialog({
  onAdded,
  onClose,
}: {
  onAdded: (item: KnowledgeItem) => void;
  onClose: () => void;
}) {
  const words = texts.page;
  return (
    <SubmitDialog
      title={words.title}
      text={words.text}
      submit={words.submit}
      onSubmit={async (data) => onAdded(await scrapePage(data.get('url') as string))}
      onClose={onClose}
    >
      {({ url }) => (
        <Field name="url" type="url" label={words.address} hint="https://…" fault={url} />
      )}
    </SubmitDialog>
  );
}
