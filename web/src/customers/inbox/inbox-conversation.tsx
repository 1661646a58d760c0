import type { ConversationDetail } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, Check, Clock, Ellipsis, RotateCcw, UserRound } from 'lucide';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { readContact } from '../../api/contacts.js';
import { markConversationRead } from '../../api/inbox.js';
import { may, whoMay } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { aboutWhen } from '../../ui/format/when.js';
import { listWords } from '../../ui/format/list-words.js';
import { Icon } from '../../ui/icon.js';
import { Menu } from '../../ui/menu/menu.js';
import { useLook } from '../../ui/use-look.js';
import { contactName } from '../contact-name.js';
import { NoConversation } from '../conversations/conversation-page.js';
import { stateWords, turnLooks, turnOf } from '../conversations/conversation-state.js';
import { ConversationTalk } from '../conversations/conversation-talk.js';
import { watchConversation } from '../conversations/watch-conversation.js';
import { texts } from '../customers-texts.js';
import { AssignDialog, HandBackDialog, SnoozeDialog } from './act-dialogs.js';
import { conversationActs } from './acts.js';
import { type ComposerHandle, InboxComposer } from './composer.js';
import { type InboxKey, useInboxKeys } from './inbox-keys.js';
import { leadsIt } from './leads-it.js';
import { myId } from './member-list.js';
import { type OpenConversation, useOpenConversation } from './open-conversation.js';
import { RunSide } from './run-side.js';
import { useFetched } from '../use-fetched.js';
import { lookMs, type WatchedInbox } from './watch-inbox.js';

/** Who else is there, and who types. */
function Presence({ open, isVisitorTyping }: { open: OpenConversation; isVisitorTyping: boolean }) {
  const words = texts.inbox;
  const others = open.people.value.filter(
    ({ id, userId }) => id !== open.self.value && userId !== myId(),
  );
  const named = (isTyping: boolean) => [
    ...new Set(others.filter((one) => one.isTyping === isTyping).map(({ name }) => name)),
  ];
  const typing = named(true);
  const looking = named(false).filter((name) => !typing.includes(name));
  return (
    <p class="inbox-presence small muted" role="status">
      {isVisitorTyping && <span>{words.customerTyping}</span>}
      {typing.length > 0 && <span>{words.typing(listWords(typing))}</span>}
      {looking.length > 0 && <span>{words.looking(listWords(looking))}</span>}
    </p>
  );
}

/** Says who answers, and lets one take over or hand back. */
function Lead({
  detail,
  leads,
  onTake,
  onHandBack,
}: {
  detail: ConversationDetail;
  leads: boolean;
  onTake: () => void;
  onHandBack: () => void;
}) {
  const words = texts.inbox;
  const other = detail.heldBy && (detail.heldBy.name || words.somebody);
  const said = other === null ? words.flowLeads : words.otherLeads(other);
  return (
    <div class="inbox-lead small">
      <p>{leads ? words.youLead : said}</p>
      {leads ? (
        <Button size="small" onClick={onHandBack}>
          {words.handBack}
        </Button>
      ) : (
        <Button size="small" kind="primary" onClick={onTake}>
          {words.takeOver}
        </Button>
      )}
    </div>
  );
}

/** Marks what one sees as read. */
function useRead(detail: ConversationDetail | undefined, lastSeq: number): void {
  const { id, unread = 0 } = detail ?? {};
  useEffect(() => {
    if (id === undefined || unread === 0 || lastSeq === 0 || !may('conversation.answer')) return;
    const read = () => {
      if (document.visibilityState !== 'visible') return;
      // Where that fails it stays unread.
      markConversationRead(id, lastSeq).catch(() => undefined);
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, unread, lastSeq]);
}

/** One conversation of the inbox: to read, to answer, and to be done with. */
export function InboxConversation({
  id,
  inbox,
  back,
}: {
  id: string;
  inbox: WatchedInbox;
  /** The address of the list. */
  back: string;
}) {
  const words = texts.inbox;
  const readsTranscript = may('transcript.read');
  const watched = useMemo(() => watchConversation(id, { readsTranscript }), [id, readsTranscript]);
  const open = useOpenConversation(id);
  const dialog = useSignal<'assign' | 'snooze' | 'hand-back' | null>(null);
  const composer = useRef<ComposerHandle>(null);
  const { look } = watched;
  useEffect(() => {
    void look();
    return inbox.onChanged(({ conversationId }) => {
      if (conversationId === id) void look();
    });
  }, [watched, inbox]);
  useLook(look, lookMs());
  const detail = watched.detail.value;
  const lastSeq = watched.events.value.at(-1)?.seq ?? 0;
  useRead(detail, lastSeq);
  const contact = useFetched(detail?.contactId ?? '', async () =>
    detail ? readContact(detail.contactId) : undefined,
  );
  const acts = detail && conversationActs(detail, look);
  const mayAnswer = may('conversation.answer');
  const take = async () => {
    if (await acts?.takeOver()) composer.current?.write('reply');
  };
  useInboxKeys((key: InboxKey) => {
    if (!acts || !detail || !mayAnswer) return false;
    if (key === 'assign' || key === 'snooze') dialog.value = key;
    else if (key === 'close') void acts.toggleClosed();
    else if (key === 'reply' || key === 'note') composer.current?.write(key);
    else if (key === 'suggest' && leadsIt(detail, myId())) composer.current?.suggest();
    else if (key === 'take' && !leadsIt(detail, myId())) void take();
    else return false;
    return true;
  });
  if (!detail || !acts) return <NoConversation watched={watched} back={back} />;
  const leads = leadsIt(detail, myId());
  const isClosed = detail.status === 'closed';
  const { snoozedUntil, assigneeName } = detail;
  const onClose = () => (dialog.value = null);
  return (
    <>
      <ConversationTalk
        detail={detail}
        watched={watched}
        head={
          <>
            <a class="button quiet square inbox-back" href={back} aria-label={words.back}>
              <Icon of={ArrowLeft} />
            </a>
            <h2 class="inbox-name">{contactName(detail.contact)}</h2>
            <span class={`tag small ${turnLooks[turnOf(detail)]}`} role="status">
              {snoozedUntil === null
                ? stateWords(detail)
                : words.snoozedUntil(aboutWhen(snoozedUntil))}
            </span>
            {mayAnswer && (
              <div class="inbox-acts">
                <Button
                  kind="quiet"
                  size="small"
                  title={words.assignTo}
                  aria-label={assigneeName === null ? words.assignTo : words.assigned(assigneeName)}
                  onClick={() => (dialog.value = 'assign')}
                >
                  <Icon of={UserRound} size={16} />
                  <span class="word">{assigneeName ?? words.assign}</span>
                </Button>
                <Button
                  kind="quiet"
                  size="small"
                  title={words.snooze}
                  aria-label={words.snooze}
                  onClick={() => (dialog.value = 'snooze')}
                >
                  <Icon of={Clock} size={16} />
                  <span class="word">{words.snooze}</span>
                </Button>
                <Button size="small" onClick={() => void acts.toggleClosed()}>
                  <Icon of={isClosed ? RotateCcw : Check} size={16} />
                  {isClosed ? words.reopen : words.close}
                </Button>
                {snoozedUntil !== null && (
                  <Menu
                    label={words.actions}
                    items={[{ label: words.endSnooze, onSelect: () => void acts.snooze(null) }]}
                  >
                    <Icon of={Ellipsis} />
                  </Menu>
                )}
              </div>
            )}
          </>
        }
        foot={
          <div class="inbox-foot">
            <Presence open={open} isVisitorTyping={inbox.visitorsTyping.value.has(id)} />
            {mayAnswer ? (
              <InboxComposer
                key={id}
                conversation={detail}
                contact={contact}
                leads={leads}
                instead={
                  <Lead
                    detail={detail}
                    leads={leads}
                    onTake={() => void take()}
                    onHandBack={() => (dialog.value = 'hand-back')}
                  />
                }
                open={open}
                handle={composer}
                onWritten={look}
              />
            ) : (
              <p class="small muted">{words.readOnly(whoMay('conversation.answer'))}</p>
            )}
          </div>
        }
        side={<RunSide detail={detail} lastSeq={lastSeq} />}
      />
      {dialog.value === 'assign' && (
        <AssignDialog conversation={detail} acts={acts} onClose={onClose} />
      )}
      {dialog.value === 'snooze' && <SnoozeDialog acts={acts} onClose={onClose} />}
      {dialog.value === 'hand-back' && (
        <HandBackDialog conversation={detail} onDone={() => void look()} onClose={onClose} />
      )}
    </>
  );
}
