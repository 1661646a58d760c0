import { changePassword } from '../api/account.js';
import { PasswordField } from '../ui/field/password-field.js';
import { SectionForm } from '../ui/section-form.js';
import { texts } from './settings-texts.js';

/** Changes the password. */
export function PasswordSection() {
  const words = texts.password;
  return (
    <SectionForm
      submit={words.submit}
      done={words.changed}
      onSubmit={async (data, form) => {
        await changePassword({
          currentPassword: data.get('currentPassword') as string,
          newPassword: data.get('newPassword') as string,
        });
        form.reset();
      }}
    >
      {({ currentPassword, newPassword }) => (
        <>
          <p class="muted">{words.text}</p>
          <PasswordField
            name="currentPassword"
            label={words.current}
            autocomplete="current-password"
            fault={currentPassword}
          />
          <PasswordField
            name="newPassword"
            label={words.next}
            autocomplete="new-password"
            hint={words.hint}
            fault={newPassword}
          />
        </>
      )}
    </SectionForm>
  );
}
