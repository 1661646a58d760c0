import type { CannedReply } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Pencil, Plus, Trash2 } from 'lucide';
import { changeCannedReply, createCannedReply, deleteCannedReply } from '../../api/inbox.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Fetched } from '../../ui/fetched.js';
import { AreaField } from '../../ui/field/area-field.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { attempt } from '../../ui/toast/attempt.js';
import { texts } from '../customers-texts.js';
import { cannedReplies, loadCannedReplies } from './canned-list.js';

function ReplyForm({ reply, onClose }: { reply: CannedReply | null; onClose: () => void }) {
  const words = texts.inbox.canned;
  return (
    <SubmitDialog
      title={reply ? words.edit(reply.shortcut) : words.add}
      submit={words.save}
      onClose={onClose}
      onSubmit={async (data) => {
        const language = textOf(data, 'language').trim();
        const body = {
          shortcut: textOf(data, 'shortcut').trim().replace(/^\//, ''),
          language: language === '' ? null : language,
          text: textOf(data, 'text'),
        };
        await (reply ? changeCannedReply(reply.id, body) : createCannedReply(body));
        await loadCannedReplies();
      }}
    >
      {(faults) => (
        <>
          <Field
            name="shortcut"
            label={words.shortcut}
            hint={words.shortcutHint}
            prefix="/"
            defaultValue={reply?.shortcut ?? ''}
            fault={faults['shortcut']}
          />
          <AreaField
            name="text"
            label={words.body}
            hint={words.bodyHint}
            rows={5}
            defaultValue={reply?.text ?? ''}
            fault={faults['text']}
          />
          <Field
            name="language"
            label={words.language}
            hint={words.languageHint}
            defaultValue={reply?.language ?? ''}
            fault={faults['language']}
          />
        </>
      )}
    </SubmitDialog>
  );
}

/** The canned replies of the workspace: to add, change and delete. */
export function CannedDialog({ onClose }: { onClose: () => void }) {
  const words = texts.inbox.canned;
  /** Null: a new one. */
  const edited = useSignal<CannedReply | null | undefined>(undefined);
  const mayChange = may('canned.change');
  if (edited.value !== undefined) {
    return <ReplyForm reply={edited.value} onClose={() => (edited.value = undefined)} />;
  }
  return (
    <Dialog title={words.title} text={mayChange ? words.text : words.readOnly} onClose={onClose}>
      <Fetched
        label={words.loading}
        failed={words.failed}
        height={120}
        fetch={async () => {
          await loadCannedReplies();
          return true;
        }}
      >
        {() =>
          cannedReplies.value.length === 0 ? (
            <p class="muted">{words.none}</p>
          ) : (
            <ul class="rows canned-rows">
              {cannedReplies.value.map((reply) => (
                <li key={reply.id} class="canned-row">
                  <p>
                    <strong>/{reply.shortcut}</strong>
                    {reply.language !== null && <span class="tag small">{reply.language}</span>}
                    <span class="small muted canned-text">{reply.text}</span>
                  </p>
                  {mayChange && (
                    <>
                      <Button
                        kind="quiet"
                        size="square"
                        aria-label={words.edit(reply.shortcut)}
                        onClick={() => (edited.value = reply)}
                      >
                        <Icon of={Pencil} size={16} />
                      </Button>
                      <Button
                        kind="quiet"
                        size="square"
                        aria-label={words.remove(reply.shortcut)}
                        onClick={() =>
                          void attempt(async () => {
                            await deleteCannedReply(reply.id);
                            await loadCannedReplies();
                          })
                        }
                      >
                        <Icon of={Trash2} size={16} />
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
      <div class="actions">
        {mayChange && (
          <Button onClick={() => (edited.value = null)}>
            <Icon of={Plus} />
            {words.add}
          </Button>
        )}
        <Button kind="primary" onClick={onClose}>
          {texts.inbox.keys.done}
        </Button>
      </div>
    </Dialog>
  );
}
