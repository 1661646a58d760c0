import type { Workspace } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { ApiError } from '../../api/api-error.js';
import { changeWorkspace, deleteWorkspace, removeMember } from '../../api/workspaces.js';
import { leaveWorkspace, loadWorkspaces, may, whoMay } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { toast } from '../../ui/toast/toast.js';
import { SectionForm } from '../section-form.js';
import { texts } from '../settings-texts.js';

/** Leaves the workspace to the others. */
function Leave({ workspace, userId }: { workspace: Workspace; userId: string }) {
  const words = texts.workspace;
  const { route } = useLocation();
  const isAsked = useSignal(false);
  return (
    <section class="danger-zone" aria-labelledby="leave">
      <h2 id="leave">{words.leaveTitle}</h2>
      <p class="muted small">{words.leaveText}</p>
      <div>
        <Button onClick={() => (isAsked.value = true)}>{words.leave}</Button>
      </div>
      {isAsked.value && (
        <ConfirmDialog
          title={words.leaveTitle}
          text={words.leaveText}
          confirm={words.leaveConfirm}
          onConfirm={async () => {
            await removeMember(workspace.id, userId);
            leaveWorkspace(workspace.id);
            toast(words.left(workspace.name));
            route('/');
          }}
          onClose={() => (isAsked.value = false)}
        />
      )}
    </section>
  );
}

/** Deletes the workspace with all that is in it, once its name was typed. */
function Delete({ workspace }: { workspace: Workspace }) {
  const words = texts.workspace;
  const { route } = useLocation();
  const isAsked = useSignal(false);
  const { id, name } = workspace;
  return (
    <section class="danger-zone" aria-labelledby="delete">
      <h2 id="delete">{words.deleteTitle}</h2>
      <p class="muted small">{words.deleteText}</p>
      <div>
        <Button onClick={() => (isAsked.value = true)}>{words.delete}</Button>
      </div>
      {isAsked.value && (
        <SubmitDialog
          title={words.deleteTitle}
          text={words.deleteText}
          submit={words.deleteConfirm}
          isDangerous
          onSubmit={async (data) => {
            if ((data.get('name') as string).trim() !== name) {
              const message = words.deleteMismatch;
              throw new ApiError('invalid', message, [{ path: 'name', message }]);
            }
            await deleteWorkspace(id);
            leaveWorkspace(id);
            toast(words.deleted(name));
            route('/');
          }}
          onClose={() => (isAsked.value = false)}
        >
          {(faults) => (
            <Field
              name="name"
              label={words.deleteName(name)}
              autocomplete="off"
              fault={faults['name'] && words.deleteMismatch}
            />
          )}
        </SubmitDialog>
      )}
    </section>
  );
}

function ReadOnly({ workspace: { name, role } }: { workspace: Workspace }) {
  const words = texts.workspace;
  return (
    <>
      <dl class="setting-facts">
        <dt>{words.name}</dt>
        <dd>{name}</dd>
        <dt>{words.yourRole}</dt>
        <dd>
          {shared.roles[role]}
          <span class="small muted">{texts.roleHints[role]}</span>
        </dd>
      </dl>
      <p class="small muted">{words.readOnly(whoMay('workspace.change'))}</p>
    </>
  );
}

function Settings({ workspace: { id, name, settings } }: { workspace: Workspace }) {
  const words = texts.workspace;
  return (
    <SectionForm
      submit={texts.save}
      done={texts.saved}
      onSubmit={async (data) => {
        await changeWorkspace(id, {
          name: data.get('name') as string,
          settings: {
            viewersReadTranscripts: data.has('viewersReadTranscripts'),
            auditDays: Number(data.get('auditDays')),
          },
        });
        await loadWorkspaces();
      }}
    >
      {(faults) => (
        <>
          <Field
            name="name"
            label={words.name}
            autocomplete="off"
            defaultValue={name}
            fault={faults['name']}
          />
          <label class="setting-switch">
            <input
              type="checkbox"
              name="viewersReadTranscripts"
              defaultChecked={settings.viewersReadTranscripts}
            />
            <span>
              {words.transcripts}
              <span class="small muted">{words.transcriptsHint}</span>
            </span>
          </label>
          <Field
            name="auditDays"
            label={words.auditDays}
            hint={words.auditDaysHint}
            autocomplete="off"
            defaultValue={String(settings.auditDays)}
            fault={faults['auditDays'] && words.auditDaysHint}
          />
        </>
      )}
    </SectionForm>
  );
}

/** What the workspace is called and how it is set up, and the ways out of it. */
export function GeneralSection({ workspace, userId }: { workspace: Workspace; userId: string }) {
  const { isPersonal } = workspace;
  return (
    <>
      {isPersonal && <p class="muted">{texts.workspace.personal}</p>}
      {may('workspace.change') ? (
        <Settings workspace={workspace} />
      ) : (
        <ReadOnly workspace={workspace} />
      )}
      {!isPersonal && <Leave workspace={workspace} userId={userId} />}
      {!isPersonal && may('workspace.delete') && <Delete workspace={workspace} />}
    </>
  );
}
