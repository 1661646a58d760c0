import { X } from 'lucide';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { errorText } from '../texts/error-text.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { whenever } from '../ui/format/when.js';
import { createEarlierEvents } from './earlier-events.js';
import type { LogEvent } from './progress.js';
import { useStickToEnd } from './use-stick-to-end.js';
import type { WatchedRun } from './watch-run.js';
import './event-log.css';

type LabelOf = (nodeId: string) => string;

const short = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** What an event says beside its type, short enough for a line or two. */
function eventWords(event: LogEvent): string {
  switch (event.type) {
    case 'run.started':
      return `${event.data.version} · ${texts.flows.nodes(event.data.totalNodes)}`;
    case 'node.activated':
      return event.data.type;
    case 'node.completed':
      return event.data.skipped
        ? `→ ${event.data.handle} · ${texts.log.skipped}`
        : `→ ${event.data.handle} · ${event.data.durationMs} ms`;
    case 'node.failed':
      return `${event.data.code}: ${errorText(event.data)}`;
    case 'ai.started':
      return '';
    case 'ai.completed': {
      const { inputTokens, outputTokens } = event.data.usage;
      return texts.log.tokens(inputTokens, outputTokens);
    }
    case 'message':
      return `${event.data.role}: ${short(event.data.text)}`;
    case 'variable.set':
      return `${event.data.name} = ${short(JSON.stringify(event.data.value))}`;
    case 'waiting':
      return event.data.expect + (event.data.deadline ? ` · ${whenever(event.data.deadline)}` : '');
    case 'paused':
      return event.data.reason;
    case 'control.changed':
      return [
        event.data.by,
        event.data.name,
        event.data.how,
        event.data.note && short(event.data.note),
      ]
        .filter(Boolean)
        .join(' · ');
    case 'handoff.requested':
      return [event.data.team, short(event.data.note)].filter(Boolean).join(' · ');
    case 'run.finished':
      return event.data.status + (event.data.error ? ` · ${event.data.error.code}` : '');
  }
}

function Row({ event, labelOf }: { event: LogEvent; labelOf: LabelOf }) {
  const isBad =
    event.type === 'node.failed' ||
    (event.type === 'run.finished' && event.data.status === 'failed');
  return (
    <li class={isBad ? 'bad' : undefined}>
      <span class="seq">{event.seq}</span>
      <div>
        <p class="type">
          <code>{event.type}</code>
          {event.nodeId !== undefined && <span>{labelOf(event.nodeId)}</span>}
        </p>
        <p class="small muted">{eventWords(event)}</p>
      </div>
      <time class="small muted" dateTime={event.at}>
        {whenever(event.at)}
      </time>
    </li>
  );
}

/** Every numbered event of the run, as it happens. */
export function EventLog({
  run,
  labelOf,
  onClose,
}: {
  run: WatchedRun;
  labelOf: LabelOf;
  onClose: () => void;
}) {
  const lastSeq = run.state.value?.base.lastSeq ?? 0;
  const earlier = useMemo(() => createEarlierEvents(run.runId, lastSeq), [run.runId, lastSeq]);
  const close = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useStickToEnd(scroller);
  useEffect(() => void earlier.more(), [earlier]);
  useEffect(() => close.current?.querySelector('button')?.focus(), []);
  const events = [...earlier.events.value, ...(run.state.value?.log ?? [])];
  return (
    <aside
      class="event-log"
      aria-label={texts.log.title}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
    >
      <header ref={close}>
        <h2>{texts.log.title}</h2>
        <Button kind="quiet" size="square" aria-label={texts.log.close} onClick={onClose}>
          <Icon of={X} />
        </Button>
      </header>
      <div ref={scroller} class="events" tabIndex={0} role="region" aria-label={texts.log.title}>
        {earlier.failure.value && (
          <Notice
            action={
              <Button size="small" onClick={() => void earlier.more()}>
                {texts.tryAgain}
              </Button>
            }
          >
            {texts.log.failed}. {earlier.failure.value}
          </Notice>
        )}
        {earlier.isLoading.value && <p class="small muted pad">{texts.log.loading}</p>}
        {earlier.from.value > 0 && earlier.events.value.length > 0 && (
          <Button size="small" onClick={() => void earlier.more()}>
            {texts.log.earlier}
          </Button>
        )}
        {events.length === 0 && !earlier.isLoading.value && (
          <p class="small muted pad">{texts.log.empty}</p>
        )}
        <ol>
          {events.map((event) => (
            <Row key={event.seq} event={event} labelOf={labelOf} />
          ))}
        </ol>
      </div>
    </aside>
  );
}
