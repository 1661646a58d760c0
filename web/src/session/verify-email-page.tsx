import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { verifyEmail } from '../api/account.js';
import { asApiError } from '../api/as-api-error.js';
import { texts } from '../texts.js';
import { MessagePage } from '../ui/message-page.js';
import { readMailedLink } from './mailed-link.js';

/** Where the link leads that verifies an address. */
export function VerifyEmailPage() {
  const text = useSignal<string>(texts.loading);
  useEffect(() => {
    verifyEmail(readMailedLink().token ?? '').then(
      () => (text.value = texts.mailedLinks.verified),
      (error: unknown) => (text.value = asApiError(error).message),
    );
  }, [text]);
  return (
    <MessagePage title={texts.mailedLinks.verifyTitle} text={text.value}>
      <a class="button" href="/">
        {texts.mailedLinks.goOn}
      </a>
    </MessagePage>
  );
}
