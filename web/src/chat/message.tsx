import type { ComponentChildren } from 'preact';
import { texts } from '../texts.js';
import { aboutWhen } from '../ui/format/when.js';
import { MessageSources } from './message-sources.js';
import type { Message as Said } from './story.js';

const speaker = (role: Said['role']) =>
  ({ user: texts.run.you, ai: texts.run.ai, system: texts.run.flow })[role];

type BubbleProps = {
  role: Said['role'];
  /** ISO 8601. */
  at?: string;
  state?: 'pending' | 'refused';
  children: ComponentChildren;
  note?: ComponentChildren;
};

/** One message as it is drawn. */
export function Bubble({ role, at, state, children, note }: BubbleProps) {
  return (
    <div class={`message ${role} ${state ?? ''}`}>
      <p class="by small muted">
        <span class="who">{speaker(role)}</span>
        {at !== undefined && <time dateTime={at}>{aboutWhen(at)}</time>}
      </p>
      <div class="bubble">{children}</div>
      {note}
    </div>
  );
}

/** One message of the transcript. */
export function Message({ message }: { message: Said }) {
  return (
    <Bubble
      role={message.role}
      at={message.at}
      note={message.sources && <MessageSources sources={message.sources} />}
    >
      {message.text}
    </Bubble>
  );
}
