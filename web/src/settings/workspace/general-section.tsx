import type { Workspace } from '@crmflow/contracts';
import { useLocation } from 'preact-iso';
import { ApiError } from '../../api/api-error.js';
import { changeWorkspace, deleteWorkspace, removeMember } from '../../api/workspaces.js';
import { leaveWorkspace, loadWorkspaces, may, whoMay } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { DangerZone } from '../../ui/danger-zone.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { CheckField } from '../../ui/field/check-field.js';
import { Field } from '../../ui/field/field.js';
import { toast } from '../../ui/toast/toast.js';
import { SectionForm } from '../../ui/section-form.js';
import { texts } from '../settings-texts.js';
import { OfficeHoursForm } from './office-hours.js';
import { keptFor, RetentionForm } from './retention.js';

/** Leaves the workspace to the others. */
function Leave({ workspace, userId }: { workspace: Workspace; userId: string }) {
  const words = texts.workspace;
  const { route } = useLocation();
  return (
    <DangerZone title={words.leaveTitle} text={words.leaveText} open={words.leave}>
      {(close) => (
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
          onClose={close}
        />
      )}
    </DangerZone>
  );
}

/** Deletes the workspace with all that is in it, once its name was typed. */
function Delete({ workspace }: { workspace: Workspace }) {
  const words = texts.workspace;
  const { route } = useLocation();
  const { id, name } = workspace;
  return (
    <DangerZone title={words.deleteTitle} text={words.deleteText} open={words.delete}>
      {(close) => (
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
          onClose={close}
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
    </DangerZone>
  );
}

function ReadOnly({ workspace: { name, role, settings } }: { workspace: Workspace }) {
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
        <dt>{texts.retention.kinds.runDays}</dt>
        <dd>{keptFor(settings.runDays)}</dd>
        <dt>{texts.retention.kinds.testRunDays}</dt>
        <dd>{keptFor(settings.testRunDays)}</dd>
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
          <CheckField
            name="viewersReadTranscripts"
            label={words.transcripts}
            hint={words.transcriptsHint}
            defaultChecked={settings.viewersReadTranscripts}
          />
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
        <>
          <Settings workspace={workspace} />
          <OfficeHoursForm workspace={workspace} />
          <RetentionForm workspace={workspace} />
        </>
      ) : (
        <ReadOnly workspace={workspace} />
      )}
      {!isPersonal && <Leave workspace={workspace} userId={userId} />}
      {!isPersonal && may('workspace.delete') && <Delete workspace={workspace} />}
    </>
  );
}
