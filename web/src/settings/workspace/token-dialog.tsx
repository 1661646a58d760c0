import type { Role } from '@crmflow/contracts/rights';
import { useSignal } from '@preact/signals';
import { createToken, type NewToken } from '../../api/workspaces.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { texts } from '../settings-texts.js';
import { RoleField } from './role-field.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';

const dayMs = 86_400_000;
const lifetimes = [7, 30, 90, 180, 365];
const usual = 90;

/** Makes a token, and shows it. Who may make one owns the workspace, so it may have any role. */
export function TokenDialog({
  workspaceId,
  onMade,
  onClose,
}: {
  workspaceId: string;
  onMade: () => void;
  onClose: () => void;
}) {
  const words = texts.tokens;
  const made = useSignal<NewToken | undefined>(undefined);
  if (made.value) {
    return (
      <ShownOnce
        title={words.madeTitle}
        text={words.madeText}
        label={words.token}
        secret={made.value.token}
        onClose={() => {
          onClose();
          onMade();
        }}
      />
    );
  }
  return (
    <SubmitDialog
      title={words.add}
      submit={words.submit}
      onSubmit={async (data) => {
        const days = Number(data.get('expiresAt'));
        made.value = await createToken(workspaceId, {
          name: (data.get('name') as string).trim(),
          role: data.get('role') as Role,
          expiresAt: new Date(Date.now() + days * dayMs).toISOString(),
        });
      }}
      // What was made is shown first.
      onClose={() => {
        if (!made.peek()) onClose();
      }}
    >
      {({ name, expiresAt }) => (
        <>
          <Field
            name="name"
            label={words.name}
            hint={words.nameHint}
            autocomplete="off"
            fault={name}
          />
          <RoleField label={words.role} initial="viewer" />
          <SelectField
            name="expiresAt"
            label={words.expires}
            options={lifetimes.map((days) => ({ value: String(days), label: words.days(days) }))}
            defaultValue={String(usual)}
            fault={expiresAt}
          />
        </>
      )}
    </SubmitDialog>
  );
}
