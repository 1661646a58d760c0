import type { KnowledgeItem, ManualEntry } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { writeEntry } from '../api/knowledge.js';
import { AreaField } from '../ui/field/area-field.js';
import { Field } from '../ui/field/field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { Tabs } from '../ui/tabs/tabs.js';
import { texts } from './knowledge-texts.js';

type Kind = 'answer' | 'text';

const entryOf = (kind: Kind, data: FormData): ManualEntry => {
  const text = (name: string) => data.get(name) as string;
  return kind === 'answer'
    ? { question: text('question'), answer: text('answer') }
    : { name: text('name'), content: text('content') };
};

/** Asks for an entry: a question with its answer, or a text. */
export function EntryDialog({
  onAdded,
  onClose,
}: {
  onAdded: (item: KnowledgeItem) => void;
  onClose: () => void;
}) {
  const words = texts.entry;
  const kind = useSignal<Kind>('answer');
  return (
    <SubmitDialog
      title={words.title}
      submit={words.submit}
      onSubmit={async (data) => onAdded(await writeEntry(entryOf(kind.value, data)))}
      onClose={onClose}
    >
      {(faults) => (
        <>
          <Tabs<Kind>
            label={words.kinds}
            tabs={[
              { id: 'answer', label: words.answer },
              { id: 'text', label: words.text },
            ]}
            current={kind.value}
            onChange={(next) => (kind.value = next)}
          />
          {kind.value === 'answer' ? (
            <>
              <Field
                key="question"
                name="question"
                label={words.question}
                hint={words.questionHint}
                fault={faults['question']}
              />
              <AreaField
                key="answer"
                name="answer"
                label={words.answerLabel}
                fault={faults['answer']}
              />
            </>
          ) : (
            <>
              <Field key="name" name="name" label={words.name} fault={faults['name']} />
              <AreaField
                key="content"
                name="content"
                label={words.content}
                rows={10}
                fault={faults['content']}
              />
            </>
          )}
        </>
      )}
    </SubmitDialog>
  );
}
