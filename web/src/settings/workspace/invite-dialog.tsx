import type { Role } from '@crmflow/contracts/rights';
import { useSignal } from '@preact/signals';
import { inviteMember, type NewInvitation } from '../../api/workspaces.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { texts } from '../settings-texts.js';
import { RoleField } from './role-field.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';

/** Asks whom to invite as what, and shows the link to send. */
export function InviteDialog({
  workspaceId,
  onInvited,
  onClose,
}: {
  workspaceId: string;
  onInvited: () => void;
  onClose: () => void;
}) {
  const words = texts.members;
  const made = useSignal<NewInvitation | undefined>(undefined);
  if (made.value) {
    const { email, link, mailed } = made.value;
    return (
      <ShownOnce
        title={words.linkTitle}
        text={mailed ? words.linkMailed(email) : words.linkText(email)}
        label={words.link}
        secret={link}
        onClose={onClose}
      />
    );
  }
  return (
    <SubmitDialog
      title={words.inviteTitle}
      submit={words.sendInvitation}
      onSubmit={async (data) => {
        made.value = await inviteMember(workspaceId, {
          email: (data.get('email') as string).trim(),
          role: data.get('role') as Role,
        });
        onInvited();
      }}
      // What was made is shown first.
      onClose={() => {
        if (!made.peek()) onClose();
      }}
    >
      {({ email }) => (
        <>
          <Field
            name="email"
            type="email"
            label={words.email}
            hint={words.emailHint}
            autocomplete="off"
            fault={email}
          />
          <RoleField label={words.role} initial="editor" />
        </>
      )}
    </SubmitDialog>
  );
}
