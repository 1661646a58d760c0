import { texts } from '../texts.js';
import { whenever } from '../ui/format/when.js';
import type { LogEvent } from './log-event.js';
import { errorText } from '../texts/error-text.js';

const short = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** What an event says beside its type, short enough for a line or two. */
export function eventWords(event: LogEvent): string {
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
    case 'run.finished':
      return event.data.status + (event.data.error ? ` · ${event.data.error.code}` : '');
  }
}
