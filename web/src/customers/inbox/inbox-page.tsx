import { useSignal } from '@preact/signals';
import { Bell, Keyboard, MessageSquareText } from 'lucide';
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { openSocket } from '../../realtime/socket.js';
import { may, workspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import { PageTitle } from '../../ui/page-title.js';
import { useLook } from '../../ui/use-look.js';
import { texts } from '../customers-texts.js';
import { alerts, tellOf } from './alerts.js';
import { CannedDialog } from './canned-dialog.js';
import { InboxConversation } from './inbox-conversation.js';
import { InboxKeysDialog, useInboxKeys } from './inbox-keys.js';
import { InboxList, InboxViews } from './inbox-list.js';
import { inboxAddress, paramsOf, readInboxQuery } from './inbox-query.js';
import { lookMs, watchInbox } from './watch-inbox.js';
import '../conversations/conversations.css';
import './inbox.css';

/** What can be set for the whole inbox. */
function Tools({ onCanned, onKeys }: { onCanned: () => void; onKeys: () => void }) {
  const words = texts.inbox;
  return (
    <div class="inbox-tools">
      <Menu
        label={words.alerts}
        items={[
          {
            label: words.notify,
            isChecked: alerts.notifies.value,
            onSelect: () => void alerts.setNotify(!alerts.notifies.peek()),
          },
          {
            label: words.sound,
            isChecked: alerts.sounds.value,
            onSelect: () => alerts.setSound(!alerts.sounds.peek()),
          },
        ]}
      >
        <Icon of={Bell} />
      </Menu>
      {may('canned.list') && (
        <Button
          kind="quiet"
          size="square"
          aria-label={words.canned.title}
          title={words.canned.title}
          onClick={onCanned}
        >
          <Icon of={MessageSquareText} />
        </Button>
      )}
      <Button
        kind="quiet"
        size="square"
        aria-label={words.keys.title}
        title={`${words.keys.title} (?)`}
        onClick={onKeys}
      >
        <Icon of={Keyboard} />
      </Button>
    </div>
  );
}

/** The inbox of a workspace: its views, a list, and the conversation that is open, at `/inbox/:id?`. */
function Inbox({ workspaceId }: { workspaceId: string }) {
  const words = texts.inbox;
  const { query: params, route } = useLocation();
  const { id } = useRoute().params;
  const query = readInboxQuery(params);
  const inbox = useMemo(() => watchInbox(openSocket(), workspaceId), [workspaceId]);
  const dialog = useSignal<'canned' | 'keys' | null>(null);
  const sent = paramsOf(query);
  useEffect(() => inbox.start(), [inbox]);
  useEffect(() => void inbox.list.show(sent), [inbox, JSON.stringify(sent)]);
  // What was not told, as while there was no connection.
  useLook(inbox.look, lookMs());
  useEffect(() => inbox.onChanged((changed) => void tellOf(changed, route)), [inbox, route]);
  useInboxKeys((key) => {
    if (key === 'keys') dialog.value = 'keys';
    if (key !== 'next' && key !== 'previous') return key === 'keys';
    const items = inbox.list.items.peek();
    const at = items.findIndex((one) => one.id === id);
    const to = items[key === 'next' ? at + 1 : at < 0 ? 0 : at - 1];
    if (!to) return true;
    route(inboxAddress(query, to.id));
    document.querySelector(`a[href^="/inbox/${to.id}"]`)?.scrollIntoView({ block: 'nearest' });
    return true;
  });
  const onClose = () => (dialog.value = null);
  return (
    <div class={`inbox ${id === undefined ? '' : 'is-open'}`}>
      <div class="inbox-side">
        <header class="inbox-head">
          <PageTitle title={words.title} />
          <Tools
            onCanned={() => (dialog.value = 'canned')}
            onKeys={() => (dialog.value = 'keys')}
          />
        </header>
        <InboxViews query={query} inbox={inbox} />
        <InboxList query={query} inbox={inbox} current={id} />
      </div>
      <section class="inbox-main" aria-label={words.list}>
        {id === undefined ? (
          <div class="centered">
            <p>
              <strong>{words.choose}</strong>
              <br />
              <span class="muted small">{words.chooseHint}</span>
            </p>
          </div>
        ) : (
          <InboxConversation key={id} id={id} inbox={inbox} back={inboxAddress(query)} />
        )}
      </section>
      {dialog.value === 'canned' && <CannedDialog onClose={onClose} />}
      {dialog.value === 'keys' && <InboxKeysDialog onClose={onClose} />}
    </div>
  );
}

/** The inbox of the workspace that is shown. */
export function InboxPage() {
  const id = workspace.value?.id;
  return id === undefined ? null : <Inbox key={id} workspaceId={id} />;
}
