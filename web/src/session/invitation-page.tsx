import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { asApiError } from '../api/as-api-error.js';
import { acceptInvitation } from '../api/workspaces.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { MessagePage } from '../ui/message-page.js';
import { Notice } from '../ui/notice.js';
import { toast } from '../ui/toast/toast.js';
import { readMailedLink } from './mailed-link.js';
import { session, signOut } from './session.js';
import { chooseWorkspace, loadWorkspaces } from './workspace.js';

/** Where an invitation to a workspace leads somebody who is signed in, at `/invitation`. */
export function InvitationPage() {
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const failure = useSignal('');
  const words = texts.invitation;
  const { value } = session;
  const { token, email, workspace } = readMailedLink();
  const name = workspace ?? words.aWorkspace;
  if (value.state !== 'in') return null;
  if (!token) {
    return (
      <MessagePage title={words.title(name)} text={words.missing}>
        <a class="button" href="/">
          {words.skip}
        </a>
      </MessagePage>
    );
  }
  const mine = value.user.email;
  const isOther = email !== null && email !== mine;
  const attempt = async (what: () => Promise<void>) => {
    isBusy.value = true;
    failure.value = '';
    try {
      await what();
    } catch (error) {
      failure.value = asApiError(error).message;
    }
    isBusy.value = false;
  };
  const join = () =>
    attempt(async () => {
      const joined = await acceptInvitation(token);
      await loadWorkspaces();
      chooseWorkspace(joined.id);
      toast(words.joined(joined.name));
      route('/', true);
    });
  return (
    <MessagePage
      title={words.title(name)}
      text={isOther ? words.otherAddress(email, mine) : words.text(name, mine)}
    >
      {failure.value && <Notice>{failure.value}</Notice>}
      {isOther ? (
        <Button kind="primary" busy={isBusy.value} onClick={() => void attempt(signOut)}>
          {words.other}
        </Button>
      ) : (
        <Button kind="primary" busy={isBusy.value} onClick={() => void join()}>
          {isBusy.value ? words.accepting : words.accept}
        </Button>
      )}
      <a class="button quiet" href="/">
        {words.skip}
      </a>
    </MessagePage>
  );
}
