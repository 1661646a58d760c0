import type { ConversationEvent, TeamEvent } from '@crmflow/contracts';
import { useRef } from 'preact/hooks';
import { useStickToEnd } from '../../chat/use-stick-to-end.js';
import { locale } from '../../texts/language.js';
import { aboutWhen } from '../../ui/format/when.js';
import { texts } from '../customers-texts.js';
import { Sources } from './sources.js';
import { type Entry, transcriptEntries } from './transcript-entries.js';

const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });

type Said = Extract<Entry, { kind: 'message' }>['event'];

function Message({ event, isSame, who }: { event: Said; isSame: boolean; who: string }) {
  const { role, at, text, sources } = event;
  return (
    <div class={`said ${role} ${isSame ? 'same' : ''}`}>
      {!isSame && (
        <p class="by small muted">
          <span class="who">{who}</span>
          <time dateTime={at}>{clock.format(new Date(at))}</time>
        </p>
      )}
      <p class="said-text">{text}</p>
      <Sources sources={sources} />
    </div>
  );
}

/** Who has said it; the customer by name, for this is read by the team. */
const speakerOf = ({ role, name }: Said, customer: string) =>
  role === 'visitor' ? customer : (name ?? texts.speakers[role]);

const memberName = ({ name }: TeamEvent['by']) => name || texts.inbox.somebody;

/** What somebody of the team noted: customers never see it. */
function Note({ event }: { event: TeamEvent }) {
  const who = memberName(event.by);
  return (
    <div class="said of-team" role="note" aria-label={texts.inbox.noteBy(who)}>
      <p class="by small muted">
        <span class="who">{texts.inbox.noteBy(who)}</span>
        <time dateTime={event.at}>{clock.format(new Date(event.at))}</time>
      </p>
      <p class="said-text">{event.text}</p>
    </div>
  );
}

/** What somebody of the team did, in words. */
function actWords({ type, by, assignee, until }: TeamEvent): string {
  const { acts } = texts.inbox;
  const who = memberName(by);
  switch (type) {
    case 'assigned':
      return assignee ? acts.assigned(who, memberName(assignee)) : acts.unassigned(who);
    case 'snoozed':
      return until ? acts.snoozed(who, aboutWhen(until)) : acts.unsnoozed(who);
    default:
      return type === 'reopened' ? acts.reopened(who) : acts.closed(who);
  }
}

/** What happened between messages. */
function Mark({ entry }: { entry: Exclude<Entry, { kind: 'message' }> }) {
  const words = texts.conversation;
  switch (entry.kind) {
    case 'note':
      return <Note event={entry.event} />;
    case 'act':
      return <p class="talk-mark">{actWords(entry.event)}</p>;
    case 'day':
      return <p class="talk-mark">{day.format(new Date(entry.at))}</p>;
    case 'finished':
      return <p class="talk-mark line">{words.ended(aboutWhen(entry.event.at))}</p>;
    case 'control': {
      const { by, name, at } = entry.event;
      const when = aboutWhen(at);
      return (
        <p class="talk-mark line">
          {by === 'flow'
            ? words.returned(when)
            : words.taken(name ?? texts.speakers.operator, when)}
        </p>
      );
    }
    case 'waiting': {
      const { deadline, choices = [] } = entry.event;
      return (
        <div class="talk-mark">
          <p>{deadline === undefined ? words.waiting : words.waitingUntil(aboutWhen(deadline))}</p>
          {choices.length > 0 && (
            <ul class="talk-choices" aria-label={words.choices}>
              {choices.map(({ value, label }) => (
                <li key={value} class="tag">
                  {label}
                </li>
              ))}
            </ul>
          )}
        </div>
      );
    }
  }
}

/** What was said, with what happened between; it stays at its end while it grows. */
export function ConversationTranscript({
  events,
  team,
  customer,
}: {
  events: readonly ConversationEvent[];
  /** What the team noted and did. */
  team: readonly TeamEvent[];
  /** What the customer is called. */
  customer: string;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  useStickToEnd(scroller);
  const words = texts.conversation;
  return (
    <div
      ref={scroller}
      class="talk-transcript"
      tabIndex={0}
      role="region"
      aria-label={words.transcript}
    >
      <div class="talk-column" role="log" aria-label={words.transcript}>
        {events.length === 0 && <p class="muted">{words.empty}</p>}
        {transcriptEntries(events, team).map((entry) => {
          if (entry.kind !== 'message') return <Mark key={entry.key} entry={entry} />;
          const { event, isSame } = entry;
          const who = speakerOf(event, customer);
          return <Message key={entry.key} event={event} isSame={isSame} who={who} />;
        })}
      </div>
    </div>
  );
}
