import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { logIn, register } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field/field.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/field/password-field.js';
import { AuthCard } from './auth-card.js';
import { readMailedLink } from './mailed-link.js';
import { enter, session } from './session.js';
import { faultsOf, missing, noFaults, type SignInFaults } from './sign-in-faults.js';

type Mode = 'logIn' | 'register';

function read(form: HTMLFormElement) {
  const data = new FormData(form);
  const field = (name: string) => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { email: field('email'), password: field('password'), name: field('name') };
}

/** Asks the server, and lets in. @returns what is wrong */
async function submit(mode: Mode, form: HTMLFormElement): Promise<SignInFaults> {
  const { email, password, name } = read(form);
  const link = readMailedLink();
  // An invitation to a workspace lets somebody open an account too.
  const invitation = link.invitation ?? (link.workspace === null ? null : link.token);
  const before = missing(email, password);
  if (Object.keys(before.fields).length > 0) return before;
  try {
    await enter(
      mode === 'logIn'
        ? await logIn({ email, password })
        : await register({ email, password, name, ...(invitation !== null && { invitation }) }),
    );
    return noFaults;
  } catch (error) {
    return faultsOf(asApiError(error));
  }
}

/** One card to log in or to open an account. */
export function SignInPage() {
  const mode = useSignal<Mode>(readMailedLink().invitation === null ? 'logIn' : 'register');
  const faults = useSignal<SignInFaults>(noFaults);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const isNew = mode.value === 'register';
  const { fields, general } = faults.value;
  const { value } = session;
  const { email, workspace } = readMailedLink();

  const onSubmit = async (event: Event) => {
    event.preventDefault();
    if (!form.current || isBusy.value) return;
    isBusy.value = true;
    faults.value = await submit(mode.value, form.current);
    isBusy.value = false;
    const first = ['name', 'email', 'password'].find((name) => faults.value.fields[name]);
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus();
  };
  const change = () => {
    mode.value = isNew ? 'logIn' : 'register';
    faults.value = noFaults;
    form.current?.querySelector<HTMLInputElement>('[name=email]')?.focus();
  };

  return (
    <AuthCard
      title={isNew ? texts.signIn.register : texts.signIn.logIn}
      claim={texts.claim}
      notice={
        workspace !== null && email !== null ? (
          <Notice kind="info">{texts.invitation.signIn(workspace, email)}</Notice>
        ) : (
          value.state === 'out' &&
          value.ended && <Notice kind="info">{texts.signIn.sessionEnded}</Notice>
        )
      }
    >
      <form ref={form} noValidate onSubmit={(event) => void onSubmit(event)}>
        {general && <Notice>{general}</Notice>}
        {isNew && (
          <Field
            name="name"
            label={texts.signIn.name}
            aside={texts.signIn.optional}
            autocomplete="name"
            fault={fields['name']}
          />
        )}
        <Field
          key="email"
          name="email"
          type="email"
          label={texts.signIn.email}
          autocomplete="username"
          required
          defaultValue={email ?? ''}
          fault={fields['email']}
        />
        <PasswordField
          key="password"
          name="password"
          label={texts.signIn.password}
          autocomplete={isNew ? 'new-password' : 'current-password'}
          required
          {...(isNew && { hint: texts.signIn.passwordHint })}
          fault={fields['password']}
        />
        <Button kind="primary" type="submit" busy={isBusy.value}>
          {isBusy.value
            ? texts.signIn[isNew ? 'registering' : 'loggingIn']
            : texts.signIn[mode.value]}
        </Button>
      </form>
      {!isNew && (
        <p class="switch">
          <a href="/reset-password">{texts.mailedLinks.forgotten}</a>
        </p>
      )}
      <p class="switch muted">
        {isNew ? texts.signIn.toLogIn : texts.signIn.toRegister}{' '}
        <button type="button" class="link" onClick={change}>
          {isNew ? texts.signIn.logIn : texts.signIn.register}
        </button>
      </p>
    </AuthCard>
  );
}
