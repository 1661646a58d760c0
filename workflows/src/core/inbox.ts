import { limits, utf8Bytes } from '@crmflow/contracts';
import { gather, type Next } from './gather.js';
import { addPausePoints } from './pause.js';
import { isOfPerson } from './person.js';
import type { Program } from './program.js';
import {
  isSuspended,
  type Arrival,
  type Callback,
  type Ended,
  type Input,
  type PersonInput,
  type Queued,
  type RunState,
  type Suspension,
} from './state.js';

const seenWindow = 500;

/** Commands that wait while a call runs; whoever clicks more often than that gains nothing. */
const mostCommands = 100;

function isFull(inbox: readonly Queued[]): boolean {
  const texts = inbox.flatMap((one) => (one.kind === 'message' ? [one.text] : []));
  const bytes = texts.reduce((sum, text) => sum + utf8Bytes(text), 0);
  // Twice what the API lets in: only signals that bypass it can get here.
  return texts.length >= 2 * limits.queuedMessages || bytes >= 2 * limits.queuedBytes;
}

/** A person's message counts once; their stamps tell which take-overs and hand-backs count. */
function enqueueOfPerson(state: RunState, arrival: PersonInput): RunState {
  const inbox = [...state.inbox, arrival];
  const waiting = state.inbox.filter(isOfPerson).length;
  if (waiting >= 2 * limits.queuedMessages) return state;
  if (arrival.kind !== 'say') return { ...state, inbox };
  const { seenOfPersons = [] } = state;
  if (seenOfPersons.includes(arrival.messageId)) return state;
  const seen = [...seenOfPersons, arrival.messageId].slice(-seenWindow);
  return { ...state, seenOfPersons: seen, inbox };
}

/** Whether the visit that a call is for is over, or was never made since the run went past it. */
function isPast({ visits, position }: RunState, { nodeId, visit }: Callback): boolean {
  const reached = visits[nodeId] ?? 0;
  if (reached !== visit) return reached > visit;
  return !('visit' in position && position.nodeId === nodeId && position.visit === visit);
}

/** One that comes early waits for its visit; only the first one for a visit counts. */
function enqueueCallback(state: RunState, arrival: Callback): RunState {
  const { nodeId, visit } = arrival;
  const inbox = state.inbox.filter((one) => one.kind !== 'callback' || !isPast(state, one));
  const isKnown = inbox.some(
    (one) => one.kind === 'callback' && one.nodeId === nodeId && one.visit === visit,
  );
  return isKnown || isPast(state, arrival) ? state : { ...state, inbox: [...inbox, arrival] };
}

/** Adds an arrival to the inbox; a message that comes twice counts once. */
export function enqueue(state: RunState, arrival: Arrival): RunState {
  if (arrival.kind === 'message') {
    if (state.seen.includes(arrival.messageId) || isFull(state.inbox)) return state;
    const seen = [...state.seen, arrival.messageId].slice(-seenWindow);
    return { ...state, seen, inbox: [...state.inbox, arrival] };
  }
  if (arrival.kind === 'pausePoints') return addPausePoints(state, arrival);
  if (isOfPerson(arrival)) return enqueueOfPerson(state, arrival);
  if (arrival.kind === 'callback') return enqueueCallback(state, arrival);
  // Whoever asked waits for an answer, and Temporal bounds how many do.
  if (arrival.kind === 'migrate') return { ...state, inbox: [...state.inbox, arrival] };
  const alike = (one: Queued) => (one.kind === 'cancel') === (arrival.kind === 'cancel');
  const others = state.inbox.filter(
    (one) => one.kind !== 'message' && one.kind !== 'callback' && !isOfPerson(one) && alike(one),
  ).length;
  if (others >= (arrival.kind === 'cancel' ? 1 : mostCommands)) return state;
  return { ...state, inbox: [...state.inbox, arrival] };
}

/** The next instant at which a suspension ends or sends a reminder, in epoch milliseconds. */
export function dueAt(position: Suspension): number | undefined {
  switch (position.kind) {
    case 'call':
    case 'paused':
    case 'held':
      return undefined;
    case 'handoff':
      return position.deadline;
    case 'sleep':
      return position.until;
    case 'reply': {
      const times = [position.deadline, position.reminders[0]?.at].filter((at) => at !== undefined);
      return times.length > 0 ? Math.min(...times) : undefined;
    }
  }
}

/** Whether a suspension reacts to an input. A call reacts to its cancellation and to persons only. */
function accepts(position: Suspension, one: Queued): boolean {
  const { kind } = position;
  if (one.kind === 'cancel' || isOfPerson(one)) return true;
  if (one.kind === 'callback') return isFor(position, one);
  if (one.kind !== 'message') return kind !== 'call';
  return kind === 'handoff' || (kind === 'reply' && !position.isForCallback);
}

const isFor = (position: Suspension, { nodeId, visit }: Callback): boolean =>
  position.kind === 'reply' &&
  position.isForCallback === true &&
  position.nodeId === nodeId &&
  position.visit === visit;

/** What is not for a node: a call waits until the run comes to its own. */
const isForAny = (one: Queued): one is Exclude<Queued, Callback> => one.kind !== 'callback';

/** A message on its own, where it is not for a node to say what it is part of. */
const asInput = (one: Queued): Input =>
  one.kind === 'message' ? { kind: 'reply', messages: [one], at: one.at } : one;

/** The reply that is being given, or what comes before it is complete; null where nobody replies. */
function replyOf(program: Program, { position, inbox }: RunState): Next | null {
  if (position.kind !== 'reply' || position.isForCallback) return null;
  const [first, ...later] = inbox.filter(isForAny);
  if (first?.kind !== 'message') return null;
  const due = dueAt(position);
  return due === undefined || first.at <= due ? gather(program, position, [first, ...later]) : null;
}

/** The instant at which a suspended run goes on if nothing arrives before, in epoch milliseconds. */
export function wakesAt(program: Program, state: RunState): number | undefined {
  const { position } = state;
  if (!isSuspended(position) || state.held) return undefined;
  // Whoever has begun to reply is neither reminded nor cut off.
  return replyOf(program, state)?.from ?? dueAt(position);
}

function without(state: RunState, taken: readonly Queued[]): RunState {
  return { ...state, inbox: state.inbox.filter((one) => !taken.includes(one)) };
}

const take = (state: RunState, one: Queued) => ({
  state: without(state, [one]),
  input: asInput(one),
});

/**
 * Removes what a run takes while its call is under way: what a person does, and what comes under
 * them. Else the call's outcome, if that is there; which of two came first is for their stamps to say.
 */
export function dequeueDuringCall(
  state: RunState,
  ended?: Ended,
): { state: RunState; input: Input } | null {
  const { held, inbox } = state;
  const first = inbox
    .filter(isForAny)
    .find((one) => one.kind !== 'cancel' && (held !== undefined || isOfPerson(one)));
  if (first && (!ended || first.at <= ended.at)) return take(state, first);
  return ended ? { state, input: ended } : null;
}

/**
 * Removes the one input that moves a suspended run next, if there is one by `now`.
 *
 * Whether a reply or a timeout comes first, and which messages are one reply, is decided by their
 * stamps and not by their arrival, so that any batching of the same inputs leads to the same events.
 */
export function dequeue(
  program: Program,
  state: RunState,
  now: number,
): { state: RunState; input: Input } | null {
  const { position, inbox } = state;
  if (!isSuspended(position)) return null;
  if (state.held) {
    const next = inbox.find(isForAny);
    return next ? take(state, next) : null;
  }
  const reply = replyOf(program, state);
  if (reply) {
    const { input, from } = reply;
    if (now < from) return null;
    return { state: without(state, input.kind === 'reply' ? input.messages : [input]), input };
  }
  const head = inbox.find((one) => accepts(position, one));
  const due = dueAt(position);
  if (head && (due === undefined || head.at <= due)) return take(state, head);
  if (due !== undefined && (head || now >= due)) {
    return { state, input: { kind: 'timer', at: due } };
  }
  return null;
}
