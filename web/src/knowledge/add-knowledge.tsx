import type { KnowledgeItem } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { FileUp, Globe, MessageCircleQuestionMark } from 'lucide';
import { useRef } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { scrapePage } from '../api/knowledge.js';
import { Field } from '../ui/field/field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { EntryDialog } from './entry-dialog.js';
import { texts } from './knowledge-texts.js';

/** Asks for the address of a page of the web that is to be read. */
function PageDialog({
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

/** The three ways in which knowledge is added. */
export function AddKnowledge({
  onFiles,
  onAdded,
}: {
  onFiles: (files: readonly File[]) => void;
  onAdded: (item: KnowledgeItem) => void;
}) {
  const asked = useSignal<'page' | 'entry' | undefined>(undefined);
  const file = useRef<HTMLInputElement>(null);
  const close = () => (asked.value = undefined);
  return (
    <div class="knowledge-add" role="group" aria-label={texts.add.label}>
      <input
        ref={file}
        type="file"
        hidden
        multiple
        accept="application/pdf,.pdf"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          currentTarget.value = '';
        }}
      />
      <Button onClick={() => file.current?.click()}>
        <Icon of={FileUp} />
        {texts.add.pdf}
      </Button>
      <Button onClick={() => (asked.value = 'page')}>
        <Icon of={Globe} />
        {texts.add.page}
      </Button>
      <Button onClick={() => (asked.value = 'entry')}>
        <Icon of={MessageCircleQuestionMark} />
        {texts.add.entry}
      </Button>
      {asked.value === 'page' && <PageDialog onAdded={onAdded} onClose={close} />}
      {asked.value === 'entry' && <EntryDialog onAdded={onAdded} onClose={close} />}
    </div>
  );
}
