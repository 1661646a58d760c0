import { useSignal } from '@preact/signals';
import { askForPassword, setPassword } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field/field.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/field/password-field.js';
import { AuthCard } from './auth-card.js';
import { readMailedLink } from './mailed-link.js';
import { faultsOf, noFaults, type SignInFaults } from './sign-in-faults.js';

/** Asks for a mail with a link; by that link, sets a new password. */
export function ResetPasswordPage() {
  const words = texts.mailedLinks;
  const { token } = readMailedLink();
  const faults = useSignal<SignInFaults>(noFaults);
  const isBusy = useSignal(false);
  const isDone = useSignal(false);
  const { fields, general } = faults.value;

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    isBusy.value = true;
    try {
      if (token === null) await askForPassword(data.get('email') as string);
      else await setPassword(token, data.get('password') as string);
      isDone.value = true;
      faults.value = noFaults;
    } catch (error) {
      faults.value = faultsOf(asApiError(error));
    }
    isBusy.value = false;
  };

  return (
    <AuthCard title={words.resetTitle}>
      {isDone.value ? (
        <Notice kind="info">{token === null ? words.mailed : words.passwordSet}</Notice>
      ) : (
        <form noValidate onSubmit={(event) => void onSubmit(event)}>
          {general && <Notice>{general}</Notice>}
          {token === null ? (
            <Field
              name="email"
              type="email"
              label={texts.signIn.email}
              autocomplete="username"
              required
              fault={fields['email']}
            />
          ) : (
            <PasswordField
              name="password"
              label={words.newPassword}
              autocomplete="new-password"
              required
              hint={texts.signIn.passwordHint}
              fault={fields['password']}
            />
          )}
          <Button kind="primary" type="submit" busy={isBusy.value}>
            {token === null ? words.sendLink : words.setPassword}
          </Button>
        </form>
      )}
      <p class="switch muted">
        <a href="/">{texts.signIn.logIn}</a>
      </p>
    </AuthCard>
  );
}
