import { LogOut } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useSignal } from '@preact/signals';
import { asApiError } from '../api/as-api-error.js';
import { session, signOut } from '../session/session.js';
import { texts } from '../texts.js';
import { Button } from './button.js';
import { Icon } from './icon.js';
import { Notice } from './notice.js';
import { ThemeButton } from './theme-button.js';
import { Toaster } from './toaster.js';
import './shell.css';

function Account({ onFailure }: { onFailure: (message: string) => void }) {
  const { value } = session;
  if (value.state !== 'in') return null;
  const { name, email } = value.user;
  const leave = () => signOut().catch((error: unknown) => onFailure(asApiError(error).message));
  return (
    <>
      <span class="who small muted" title={email}>
        {name || email}
      </span>
      <button
        type="button"
        class="button quiet log-out"
        aria-label={texts.account.logOut}
        title={texts.account.logOut}
        onClick={() => void leave()}
      >
        <Icon of={LogOut} />
        <span class="word">{texts.account.logOut}</span>
      </button>
    </>
  );
}

/** What every page has around it. */
export function Shell({ children }: { children: ComponentChildren }) {
  const failure = useSignal('');
  return (
    <div class="shell">
      <a class="button skip" href="#main">
        {texts.skip}
      </a>
      <header class="bar">
        <a class="brand" href="/">
          <img src="/icon.svg" alt="" width="24" height="24" />
          {texts.product}
        </a>
        <ThemeButton />
        <Account onFailure={(message) => (failure.value = message)} />
      </header>
      {failure.value && (
        <Notice
          action={
            <Button size="small" onClick={() => (failure.value = '')}>
              {texts.close}
            </Button>
          }
        >
          {failure.value}
        </Notice>
      )}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <Toaster />
    </div>
  );
}
