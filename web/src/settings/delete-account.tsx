import { useSignal } from '@preact/signals';
import { deleteAccount } from '../api/account.js';
import { endSession } from '../session/session.js';
import { Button } from '../ui/button.js';
import { PasswordField } from '../ui/field/password-field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { texts } from './settings-texts.js';

/** The way out, with all that one has. */
export function DeleteAccount() {
  const isAsked = useSignal(false);
  const words = texts.account;
  return (
    <section class="danger-zone" aria-labelledby="delete-account">
      <h2 id="delete-account">{words.title}</h2>
      <p class="muted small">{words.text}</p>
      <div>
        <Button onClick={() => (isAsked.value = true)}>{words.open}</Button>
      </div>
      {isAsked.value && (
        <SubmitDialog
          title={words.title}
          text={words.text}
          submit={words.confirm}
          isDangerous
          onSubmit={async (data) => {
            await deleteAccount(data.get('password') as string);
            await endSession();
          }}
          onClose={() => (isAsked.value = false)}
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
    </section>
  );
}
