import type { User } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { BadgeCheck } from 'lucide';
import { sendVerification, updateMe, deleteAccount } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { userChanged, endSession } from '../session/session.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field/field.js';
import { Icon } from '../ui/icon.js';
import { toast } from '../ui/toast/toast.js';
import { PasswordField } from '../ui/field/password-field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { DangerZone } from '../ui/danger-zone.js';
import { SectionForm } from '../ui/section-form.js';
import { texts } from './settings-texts.js';

/** The way out, with all that one has. */
function DeleteAccount() {
  const words = texts.account;
  return (
    <DangerZone title={words.title} text={words.text} open={words.open}>
      {(close) => (
        <SubmitDialog
          title={words.title}
          text={words.text}
          submit={words.confirm}
          isDangerous
          onSubmit={async (data) => {
            await deleteAccount(data.get('password') as string);
            await endSession();
          }}
          onClose={close}
        >
          {({ password }) => (
            <PasswordField
              name="password"
              label={words.password}
              autocomplete="current-password"
              fault={password}
            />
          )}
        </SubmitDialog>
      )}
    </DangerZone>
  );
}

function Address({ user }: { user: User }) {
  const isBusy = useSignal(false);
  const send = async () => {
    isBusy.value = true;
    try {
      await sendVerification();
      toast(texts.profile.linkSent);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
    isBusy.value = false;
  };
  return (
    <div class="field">
      <span class="setting-label">{texts.profile.email}</span>
      <p class="setting-line">
        <span>{user.email}</span>
        {user.emailVerified ? (
          <span class="small verified">
            <Icon of={BadgeCheck} size={16} />
            {texts.profile.verified}
          </span>
        ) : (
          <>
            <span class="small muted">{texts.profile.unverified}</span>
            <Button size="small" busy={isBusy.value} onClick={() => void send()}>
              {texts.profile.sendLink}
            </Button>
          </>
        )}
      </p>
    </div>
  );
}

/** Who one is. */
export function ProfileSection({ user }: { user: User }) {
  return (
    <>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={async (data) =>
          userChanged(
            await updateMe({
              name: data.get('name') as string,
              locale: data.get('locale') as string,
            }),
          )
        }
      >
        {({ name, locale }) => (
          <>
            <Field
              name="name"
              label={texts.profile.name}
              autocomplete="name"
              defaultValue={user.name}
              fault={name}
            />
            <Address user={user} />
            <Field
              name="locale"
              label={texts.profile.locale}
              hint={texts.profile.localeHint}
              defaultValue={user.locale}
              fault={locale}
            />
          </>
        )}
      </SectionForm>
      <DeleteAccount />
    </>
  );
}
