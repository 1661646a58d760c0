import type { Json, JsonObject, ModelCall, RunContact, RunEvent } from '@crmflow/contracts';
import type { Arrival, Fault, Person } from '@crmflow/workflows/core';

/** A past run: what it was started with, and its whole log. */
export type RecordedRun = {
  runId: string;
  input: JsonObject;
  /** Epoch milliseconds. */
  startedAt: number;
  /** What was known of its contact at its start, where somebody still knows that. */
  contact?: RunContact;
  /** When several messages of it were one reply, in milliseconds. */
  burst?: { quietMs: number; maxMs: number };
  events: readonly RunEvent[];
};

/** What a model said in the end of one call, or why it did not. */
export type RecordedAnswer = {
  /** When it was asked, and when it was done, in epoch milliseconds. */
  from: number;
  at: number;
  text: string;
  value?: Json;
  calls?: ModelCall[];
  failed?: Fault;
};

/** What a log tells of the calls of one visit. */
export type RecordedVisit = {
  from: number;
  answers: RecordedAnswer[];
  /** Of what the model called, in order: what came back of those that failed. */
  results: { name: string; error?: Fault }[];
  sets: { name: string; value: Json; at: number }[];
  /** Whether it waited for a call of its address. */
  isForCallback?: boolean;
  /** What that call brought, where there was one; null where it was not saved. */
  callback?: Json;
  failed?: Fault & { at: number };
  leftAt?: number;
};

/** A step of the way through a flow: a node that is entered, or left by a handle. */
export type WayStep = { nodeId: string; handle?: string };

/** What came to a run from outside, at its instant. */
export type RecordedArrival = { at: number; arrival: Arrival };

/** What a log tells. */
export type Log = {
  arrivals: RecordedArrival[];
  visits: ReadonlyMap<string, RecordedVisit>;
  way: WayStep[];
  locale?: { tag: string; timezone: string };
  /** The stamp of its last event. */
  until: number;
  /** Why it cannot be played again; with the node where it is known. */
  unclear?: { reason: string; nodeId?: string };
};

const visitKey = (nodeId: string, visit: number) => JSON.stringify([nodeId, visit]);

/** What the log tells of a visit. */
export const recordedVisit = ({ visits }: Log, nodeId: string, visit: number) =>
  visits.get(visitKey(nodeId, visit));

type ControlEvent = Extract<RunEvent, { type: 'control.changed' }>;

function personArrival({ at, data }: ControlEvent): Arrival | undefined {
  const { id, by, how, userId, name = '', toNodeId, note } = data;
  const person: Person = { userId: userId ?? 'operator', name };
  if (by === 'operator') return { kind: 'takeOver', id, by: person, at };
  if (how === undefined || how === 'timeout') return undefined;
  const more = {
    ...(toNodeId !== undefined && { nodeId: toNodeId }),
    ...(note !== undefined && { note }),
  };
  return { kind: 'handBack', id, how, ...more, by: person, at };
}

function callbackArrival({ nodeId, visit, at }: RunEvent, value: Json): Arrival | undefined {
  if (nodeId === undefined || visit === undefined) return undefined;
  return { kind: 'callback', nodeId, visit, value, at };
}

/** Reads what came from outside, and what came of calls, out of the log of a run. */
export function readLog({ events }: Pick<RecordedRun, 'events'>): Log {
  const arrivals: RecordedArrival[] = [];
  const visits = new Map<string, RecordedVisit>();
  const way: WayStep[] = [];
  const log: Log = { arrivals, visits, way, until: 0 };
  let askedAt = 0;
  let person: Person = { userId: 'operator', name: '' };

  const visitOf = ({ nodeId, visit, at }: RunEvent): RecordedVisit | undefined => {
    if (nodeId === undefined || visit === undefined) return undefined;
    const key = visitKey(nodeId, visit);
    const known = visits.get(key) ?? { from: at, answers: [], results: [], sets: [] };
    visits.set(key, known);
    return known;
  };
  const arrive = (arrival: Arrival | undefined, at: number) => {
    if (arrival) arrivals.push({ at, arrival });
  };

  for (const event of events) {
    const { at, nodeId } = event;
    log.until = Math.max(log.until, at);
    const visit = visitOf(event);
    switch (event.type) {
      case 'run.started': {
        const { resumed, forkedFrom, locale, timezone = 'UTC' } = event.data;
        if (resumed) log.unclear ??= { reason: 'The run was repeated in part.' };
        if (forkedFrom) log.unclear ??= { reason: 'The run began amid another one.' };
        if (locale !== undefined) log.locale = { tag: locale, timezone };
        break;
      }
      case 'paused':
        log.unclear ??= { reason: 'Somebody stepped through the run.' };
        break;
      case 'node.activated':
        if (nodeId !== undefined) way.push({ nodeId });
        break;
      case 'node.completed':
        if (nodeId !== undefined) way.push({ nodeId, handle: event.data.handle });
        if (visit) visit.leftAt = at;
        if (visit?.isForCallback && event.data.handle === 'out') {
          const value = visit.sets.at(-1)?.value ?? null;
          visit.callback = value;
          arrive(callbackArrival(event, value), at);
        }
        break;
      case 'waiting':
        if (visit && event.data.expect === 'callback') visit.isForCallback = true;
        break;
      case 'node.failed':
        if (visit) visit.failed = { ...event.data, at };
        break;
      case 'ai.started':
        askedAt = at;
        for (const { name, error } of event.data.results ?? []) {
          visit?.results.push({ name, ...(error && { error }) });
        }
        break;
      case 'ai.completed': {
        const { text, calls, fallback, suggestion } = event.data;
        if (suggestion) break;
        const failed = fallback && {
          code: fallback.code,
          message: 'The model is not responding.',
          ...(fallback.kind === 'text' && text !== '' && { customerText: text }),
        };
        visit?.answers.push({
          ...{ from: askedAt, at, text },
          ...(calls && { calls }),
          ...(failed && { failed }),
        });
        break;
      }
      case 'variable.set': {
        visit?.sets.push({ ...event.data, at });
        const newest = visit?.answers.at(-1);
        if (newest && newest.at === at && newest.value === undefined)
          newest.value = event.data.value;
        break;
      }
      case 'message': {
        const { id, role, text } = event.data;
        if (role === 'user') arrive({ kind: 'message', messageId: id, text, at }, at);
        if (role === 'operator') arrive({ kind: 'say', messageId: id, text, by: person, at }, at);
        break;
      }
      case 'control.changed': {
        const arrival = personArrival(event);
        if (arrival?.kind === 'takeOver') person = arrival.by;
        arrive(arrival, at);
        break;
      }
      case 'run.finished':
        if (event.data.status === 'cancelled') arrive({ kind: 'cancel', at }, at);
        break;
      default:
    }
  }
  return log;
}
