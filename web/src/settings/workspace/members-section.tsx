import type { Member, User, Workspace } from '@crmflow/contracts';
import { type Role, roles } from '@crmflow/contracts/rights';
import { useSignal } from '@preact/signals';
import { UserPlus } from 'lucide';
import { asApiError } from '../../api/as-api-error.js';
import { changeMember, listMembers, removeMember } from '../../api/workspaces.js';
import { loadWorkspaces, may, whoMay } from '../../session/workspace.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { Fetched } from '../../ui/fetched.js';
import { ago } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../settings-texts.js';
import { Invitations } from './invitations.js';
import { InviteDialog } from './invite-dialog.js';

type RowProps = {
  member: Member;
  isSelf: boolean;
  /** Whether nobody else owns the workspace. */
  isLastOwner: boolean;
  workspaceId: string;
  onChanged: () => Promise<void>;
};

/** What somebody may, to be changed by who may that. */
function RoleChoice({ member, isSelf, isLastOwner, workspaceId, onChanged }: RowProps) {
  const isBusy = useSignal(false);
  const { userId, role } = member;
  const name = member.name || member.email;
  if (!may('member.change')) return <span class="tag">{shared.roles[role]}</span>;
  const change = async (next: Role) => {
    isBusy.value = true;
    try {
      await changeMember(workspaceId, userId, next);
      toast(texts.members.changed(name, shared.roles[next]));
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
    // Also after a failure: somebody else may have changed it meanwhile. The user's own role decides
    // what is offered; where it cannot be read now, it is when they come back to the page.
    if (isSelf) await loadWorkspaces().catch(() => undefined);
    await onChanged();
    isBusy.value = false;
  };
  return (
    <select
      class="input role-choice"
      aria-label={texts.members.roleOf(name)}
      value={role}
      disabled={isBusy.value || isLastOwner}
      title={isLastOwner ? texts.members.lastOwner : undefined}
      onChange={({ currentTarget }) => {
        const next = roles.find((one) => one === currentTarget.value);
        if (next) void change(next);
      }}
    >
      {roles.map((one) => (
        <option key={one} value={one}>
          {shared.roles[one]}
        </option>
      ))}
    </select>
  );
}

function MemberRow(props: RowProps) {
  const words = texts.members;
  const isAsked = useSignal(false);
  const { member, isSelf, isLastOwner, workspaceId, onChanged } = props;
  const { userId, email, createdAt } = member;
  const name = member.name || email;
  return (
    <li class="setting-row member">
      <div>
        <strong>{name}</strong> {isSelf && <span class="badge small">{words.you}</span>}
        <p class="small muted">
          {[...(member.name ? [email] : []), words.joined(ago(createdAt))].join(' · ')}
        </p>
        {isLastOwner && may('member.change') && <p class="small muted">{words.lastOwner}</p>}
      </div>
      <div class="member-tools">
        <RoleChoice {...props} />
        {!isSelf && may('member.change') && (
          <Button
            size="small"
            aria-label={words.removeNamed(name)}
            onClick={() => (isAsked.value = true)}
          >
            {words.remove}
          </Button>
        )}
      </div>
      {isAsked.value && (
        <ConfirmDialog
          title={words.removeTitle(name)}
          text={words.removeText}
          confirm={words.remove}
          onConfirm={async () => {
            await removeMember(workspaceId, userId);
            toast(words.removed(name));
            await onChanged();
          }}
          onClose={() => (isAsked.value = false)}
        />
      )}
    </li>
  );
}

/** Who belongs to the workspace and who is invited. */
export function MembersSection({ user, workspace }: { user: User; workspace: Workspace }) {
  const words = texts.members;
  const isInviting = useSignal(false);
  /** Counts the changes, after each of which the invitations are read again. */
  const changes = useSignal(0);
  const { id } = workspace;
  return (
    <>
      <p class="muted">{words.text}</p>
      {may('invitation.change') ? (
        <div>
          <Button kind="primary" onClick={() => (isInviting.value = true)}>
            <Icon of={UserPlus} />
            {words.invite}
          </Button>
        </div>
      ) : (
        <p class="small muted">{words.inviteOnly(whoMay('member.change'))}</p>
      )}
      <Fetched label={words.loading} failed={texts.failed} fetch={() => listMembers(id)}>
        {(members, reload) => {
          const owners = members.filter(({ role }) => role === 'owner');
          return (
            <ul class="setting-rows">
              {members.map((member) => (
                <MemberRow
                  key={member.userId}
                  member={member}
                  isSelf={member.userId === user.id}
                  isLastOwner={member.role === 'owner' && owners.length === 1}
                  workspaceId={id}
                  onChanged={reload}
                />
              ))}
            </ul>
          );
        }}
      </Fetched>
      {may('invitation.list') && <Invitations key={changes.value} workspaceId={id} />}
      {isInviting.value && (
        <InviteDialog
          workspaceId={id}
          onInvited={() => (changes.value += 1)}
          onClose={() => (isInviting.value = false)}
        />
      )}
    </>
  );
}
