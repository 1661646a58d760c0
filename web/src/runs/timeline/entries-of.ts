import type { LogEvent } from '../../chat/progress.js';
import type { TimelineEntry, VisitEntry } from './entry.js';

const open: ReadonlySet<VisitEntry['state']> = new Set(['active', 'waiting', 'paused']);

/** Whether a visit is still going on. */
export const isOpen = ({ state }: VisitEntry): boolean => open.has(state);

const placeOf = ({ nodeId, visit = 1 }: Pick<LogEvent, 'nodeId' | 'visit'>) => `${nodeId} ${visit}`;

function begin(event: LogEvent): VisitEntry {
  const { seq, nodeId = '', visit = 1 } = event;
  const entry = { kind: 'visit' as const, seq, nodeId, visit, state: 'active' as const };
  return { ...entry, sources: [], messages: [], variables: [] };
}

function millisecondsBetween(from: string | undefined, to: string): number | undefined {
  return from === undefined ? undefined : Math.max(0, Date.parse(to) - Date.parse(from));
}

function end(entry: VisitEntry, at: string, state: VisitEntry['state']): void {
  entry.state = state;
  entry.endedAt = at;
  const ms = entry.durationMs ?? millisecondsBetween(entry.startedAt, at);
  if (ms !== undefined) entry.durationMs = ms;
}

/** What one event of a visit adds to it. */
function applyEvent(entry: VisitEntry, event: LogEvent): void {
  switch (event.type) {
    case 'node.activated':
      entry.state = 'active';
      entry.startedAt = event.at;
      entry.label = event.data.label;
      entry.type = event.data.type;
      break;
    case 'paused':
      entry.state = 'paused';
      break;
    case 'waiting':
      entry.state = 'waiting';
      entry.waiting = event.data;
      break;
    case 'handoff.requested':
      entry.state = 'waiting';
      break;
    case 'ai.completed': {
      entry.usage = event.data.usage;
      entry.sources = event.data.sources ?? [];
      break;
    }
    case 'message':
      entry.messages.push({ seq: event.seq, role: event.data.role, text: event.data.text });
      break;
    case 'variable.set':
      entry.variables.push({ seq: event.seq, ...event.data });
      break;
    case 'node.failed':
      entry.error = event.data;
      end(entry, event.at, 'failed');
      break;
    case 'node.completed':
      entry.handle = event.data.handle;
      entry.durationMs = event.data.durationMs;
      if (!entry.error) end(entry, event.at, event.data.skipped ? 'skipped' : 'done');
      break;
    default:
      break;
  }
}

/**
 * The log of a run by visits of nodes, the newest first.
 * @param events ascending, without gaps; what came before them may be missing
 */
export function entriesOf(events: readonly LogEvent[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const visits = new Map<string, VisitEntry>();
  for (const event of events) {
    if (event.type === 'run.started' || event.type === 'run.finished') {
      if (event.type === 'run.finished') {
        for (const entry of visits.values()) if (isOpen(entry)) end(entry, event.at, 'stopped');
      }
      entries.push({ kind: 'run', seq: event.seq, at: event.at, event });
      // After a retry a call that failed keeps its visit: what follows is another try of it.
      if (event.type === 'run.finished') visits.clear();
      continue;
    }
    if (event.type === 'control.changed') {
      entries.push({ kind: 'run', seq: event.seq, at: event.at, event });
      continue;
    }
    if (event.nodeId === undefined) continue;
    const place = placeOf(event);
    let entry = visits.get(place);
    if (!entry) {
      entry = begin(event);
      visits.set(place, entry);
      entries.push(entry);
    }
    applyEvent(entry, event);
  }
  return entries.reverse();
}
