import type { Conversation, ConversationPerson } from '@crmflow/contracts';
import { conversationViews } from '@crmflow/contracts/kinds';
import { useLocation } from 'preact-iso';
import { may } from '../../session/workspace.js';
import { SearchInput } from '../../ui/field/search-input.js';
import { listWords } from '../../ui/format/list-words.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ConversationRow } from '../conversations/conversation-row.js';
import { texts } from '../customers-texts.js';
import { inboxAddress, type InboxQuery } from './inbox-query.js';
import { myId } from './member-list.js';
import type { WatchedInbox } from './watch-inbox.js';
import '../../ui/list.css';

/** The views of the inbox, with how much is in those to be worked through. */
export function InboxViews({ query, inbox }: { query: InboxQuery; inbox: WatchedInbox }) {
  const words = texts.inbox;
  const counts = inbox.counts.value;
  const countOf = (view: InboxQuery['view']) => {
    if (!counts || view === 'all' || view === 'closed' || counts[view] === 0) return undefined;
    return counts[view] < counts.most ? String(counts[view]) : words.orMore(counts.most - 1);
  };
  return (
    <nav class="inbox-views" aria-label={words.view}>
      {conversationViews.map((view) => {
        const count = countOf(view);
        return (
          <a
            key={view}
            href={inboxAddress({ ...query, view })}
            aria-current={view === query.view ? 'true' : undefined}
          >
            {words.views[view]} {count !== undefined && <span class="small muted">{count}</span>}
          </a>
        );
      })}
    </nav>
  );
}

/** Who of the team is with a conversation, in the list. */
function Beside({
  conversation: { assigneeId, assigneeName },
  people,
}: {
  conversation: Conversation;
  people: readonly ConversationPerson[];
}) {
  const words = texts.inbox;
  const names = [
    ...new Set(people.filter(({ userId }) => userId !== myId()).map(({ name }) => name)),
  ];
  if (names.length > 0) return <span class="small muted">{words.looking(listWords(names))}</span>;
  if (assigneeId === null) return null;
  const name = assigneeId === myId() ? words.you : (assigneeName ?? words.somebody);
  return <span class="small muted">{words.withPerson(name)}</span>;
}

/** The conversations of a view. @param current the one that is open beside it */
export function InboxList({
  query,
  inbox,
  current,
}: {
  query: InboxQuery;
  inbox: WatchedInbox;
  current: string | undefined;
}) {
  const words = texts.inbox;
  const { route } = useLocation();
  const { list } = inbox;
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  return (
    <div class="inbox-list">
      {may('transcript.read') && (
        <SearchInput
          label={words.search}
          hint={words.searchHint}
          value={query.q}
          onSearch={(q) => route(inboxAddress({ ...query, q }, current), true)}
        />
      )}
      {isNone && (
        <p class="muted inbox-none">{query.q === '' ? words.none[query.view] : words.none.found}</p>
      )}
      <PagedItems list={list} words={words} skeleton={<Skeleton label={words.loading} count={5} />}>
        <ul class="rows" aria-busy={list.state.value === 'loading'}>
          {list.items.value.map((conversation) => (
            <ConversationRow
              key={conversation.id}
              conversation={conversation}
              of="inbox"
              href={inboxAddress(query, conversation.id)}
              isCurrent={conversation.id === current}
              aside={
                <Beside
                  conversation={conversation}
                  people={inbox.people.value.get(conversation.id) ?? []}
                />
              }
            />
          ))}
        </ul>
      </PagedItems>
    </div>
  );
}
