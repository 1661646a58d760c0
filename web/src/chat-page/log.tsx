import { FileText } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { Outgoing } from '../chat/outbox.js';
import { Icon } from '../ui/icon.js';
import { Avatar } from './avatar.js';
import type { Chat } from './model.js';
import { RichText } from './rich-text.js';
import { locale, problemText, texts, timeOf } from './texts.js';
import type { Line, Message as Said } from './transcript.js';

const groupMs = 5 * 60_000;

/** Whether a message continues what the same person said right before it. */
const goesOn = (before: Line | undefined, next: Said): boolean =>
  before?.type === 'message' &&
  before.role === next.role &&
  before.name === next.name &&
  Date.parse(next.at) - Date.parse(before.at) < groupMs;

const dayOf = (at: string): string => {
  const day = new Date(at).toDateString();
  if (day === new Date().toDateString()) return texts.today;
  return new Date(at).toLocaleDateString(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
};

type MessageProps = {
  chat: Chat;
  said: Pick<Said, 'role' | 'text' | 'name' | 'sources'>;
  /** ISO 8601; shown at the last of a group. */
  at?: string | undefined;
  isFirst: boolean;
  note?: ComponentChildren;
};

function Message({ chat, said, at, isFirst, note }: MessageProps) {
  const { role, text, name, sources } = said;
  const { title, avatarUrl } = chat.config;
  const who = role === 'visitor' ? texts.you : role === 'flow' ? title : (name ?? texts.team);
  const picture = role === 'flow' ? { url: avatarUrl } : { name: who };
  return (
    <div class={`message ${role} ${isFirst ? 'first' : ''}`}>
      {role !== 'visitor' && isFirst && <Avatar {...picture} size={28} />}
      {role === 'operator' && isFirst ? (
        <span class="who small muted">{who}</span>
      ) : (
        <span class="visually-hidden">{who}: </span>
      )}
      <div class="bubble" dir="auto">
        <RichText text={text} />
      </div>
      {sources && sources.length > 0 && (
        <ul class="sources small" aria-label={texts.sources}>
          {sources.map((source, index) => (
            <li key={index}>
              <Icon of={FileText} size={14} />
              {source.url === undefined || !/^https?:/.test(source.url) ? (
                source.name
              ) : (
                <a href={source.url} target="_blank" rel="noopener nofollow">
                  {source.name}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {note ??
        (at !== undefined && (
          <time class="small muted" dateTime={at}>
            {timeOf(at)}
          </time>
        ))}
    </div>
  );
}

type OutgoingProps = { chat: Chat; outgoing: Outgoing; isFirst: boolean };

/** A message that the server, or the flow, does not have yet. */
function OutgoingMessage({ chat, outgoing, isFirst }: OutgoingProps) {
  const { messageId, text, state, error } = outgoing;
  const isOffline = !chat.isConnected.value || !navigator.onLine;
  const until = chat.notice.value?.until;
  const waits = isOffline ? texts.waitsForLink : texts.sending;
  return (
    <Message
      chat={chat}
      said={{ role: 'visitor', text }}
      isFirst={isFirst}
      note={
        state === 'refused' ? (
          <span class="note small bad">
            {error && error.code !== 'internal' ? problemText(error.code) : texts.notSent}
            <button type="button" class="link" onClick={() => chat.outbox.again(messageId)}>
              {texts.retry}
            </button>
            <button type="button" class="link" onClick={() => chat.outbox.discard(messageId)}>
              {texts.remove}
            </button>
          </span>
        ) : (
          state === 'pending' && (
            <span class="note small muted late">
              {until === undefined ? waits : texts.sendsAt(timeOf(until))}
            </span>
          )
        )
      }
    />
  );
}

function Divider({ line }: { line: Exclude<Line, Said> }) {
  if (line.type === 'finished') return <p class="divider small muted">{texts.ended}</p>;
  const words = line.by === 'flow' ? texts.left : texts.joined(line.name ?? texts.someone);
  return <p class="divider small muted">{words}</p>;
}

/** What was said, what is being written, and what is on its way. */
export function Log({ chat }: { chat: Chat }) {
  const { lines, partial, control, isFinished, place } = chat.transcript.value;
  const waiting = chat.outbox.messages.value;
  const writer = partial ? control : chat.writer.value;
  const operator = lines.findLast((line) => line.type === 'control')?.name;
  const name = writer === 'operator' ? (operator ?? texts.team) : chat.config.title;
  const isDoubled = (id: string) => waiting.some(({ messageId }) => messageId === id);
  let day = '';

  const drawn = lines.flatMap((line, index) => {
    const [before, after] = [lines[index - 1], lines[index + 1]];
    const isNewDay = dayOf(line.at) !== day;
    const isFirstDay = day === '';
    day = dayOf(line.at);
    const showDay = isNewDay && !(isFirstDay && day === texts.today);
    const mark = showDay
      ? [
          <p key={`day ${line.seq}`} class="divider day small">
            {day}
          </p>,
        ]
      : [];
    if (line.type !== 'message') {
      // The end of it all has a card of its own.
      const isEnd = line.type === 'finished' && isFinished;
      return isEnd ? mark : [...mark, <Divider key={line.seq} line={line} />];
    }
    if (isDoubled(line.id)) return mark;
    const isLast = after?.type !== 'message' || !goesOn(line, after);
    return [
      ...mark,
      <Message
        key={line.id}
        {...{ chat, said: line, isFirst: showDay || !goesOn(before, line) }}
        {...(isLast && { at: line.at })}
      />,
    ];
  });

  return (
    <div
      class="log"
      role="log"
      aria-label={texts.transcript}
      aria-live={chat.isLoading.value ? 'off' : 'polite'}
      aria-busy={partial !== undefined}
    >
      {drawn}
      {waiting.map((outgoing, index) => (
        <OutgoingMessage key={outgoing.messageId} {...{ chat, outgoing, isFirst: index === 0 }} />
      ))}
      {partial?.text && (
        // The message that replaces it is new, and is what is read out.
        <div key="partial" aria-hidden="true" class="written">
          <Message chat={chat} said={{ role: 'flow', text: partial.text.trimEnd() }} isFirst />
        </div>
      )}
      {writer && !partial?.text && (
        <div key="writing" class={`message first writing ${writer}`}>
          <Avatar {...(writer === 'flow' ? { url: chat.config.avatarUrl } : { name })} size={28} />
          <div class="bubble dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
          <span class="visually-hidden">{texts.writing(name)}</span>
        </div>
      )}
      {place && (
        <p key="place" class="divider small muted">
          {texts.place(place > 100 ? '100+' : place)}
        </p>
      )}
    </div>
  );
}
