import { type DataOf, parseDuration, storable } from '@crmflow/contracts';
import { renderText, type RunLocale } from '@crmflow/expressions';
import { scopeOf } from '../../scope.js';
import type { Callback, Reminder, Reply, ReplySuspension } from '../../state.js';
import type { Turn, Visit } from '../../turn.js';
import type { Behaviour, Expected, Outcome, VisitOf } from '../behaviour.js';
import { askAgain, sayOver } from './asking-again.js';
import { readMessages } from './reply.js';
import { emitWaiting } from '../waiting.js';

type Data = DataOf<'listen'>;

function expects({ expect, choices }: Data): Expected {
  return { expect, ...(expect === 'choice' && choices && { choices }) };
}

function remindersOf(data: Data, from: number): Reminder[] {
  return data.reminders
    .map(({ after, text }) => ({ at: from + (parseDuration(after) ?? 0), text }))
    .sort((a, b) => a.at - b.at);
}

/** Says a text of the node and counts it, since a listen node may say several. */
function sayNext(
  turn: Turn,
  visit: Visit,
  suspension: ReplySuspension,
  text: string,
): ReplySuspension {
  const said = suspension.said + 1;
  turn.say('system', `${visit.node.id}:${visit.visit}:${said}`, storable(text), visit);
  return { ...suspension, said };
}

const render = (turn: Turn, visit: Visit, template: string) =>
  renderText(template, scopeOf(turn, visit));

/** How often a node asks again by itself if its author says nothing about replies that don't fit. */
const kindRetries = 2;

/**
 * The locale in which a node helps with replies that do not fit; undefined where its author leads
 * `invalid` somewhere, and for runs of earlier releases, which have no locale.
 */
function helpsIn({ program }: Turn, { node }: VisitOf<'listen'>): RunLocale | undefined {
  return program.target(node.id, 'invalid') ? undefined : program.locale;
}

/**
 * How often a reply may not fit. Where the author says nothing and leads `invalid` nowhere, a reply
 * that does not fit must not be the end of the conversation.
 */
function retriesOf(turn: Turn, visit: VisitOf<'listen'>): number {
  const { retries } = visit.node.data;
  if (retries !== undefined) return retries;
  return helpsIn(turn, visit) ? kindRetries : 0;
}

/** What is said after a reply that does not fit; an author who wants silence says so with ''. */
function retryTextOf(turn: Turn, visit: VisitOf<'listen'>): string {
  const { locale } = turn.program;
  const { data } = visit.node;
  if (data.retryText !== undefined) return render(turn, visit, data.retryText);
  return locale ? askAgain(data, locale) : '';
}

function onReply(
  turn: Turn,
  visit: VisitOf<'listen'>,
  suspension: ReplySuspension,
  reply: Reply,
): Outcome {
  const { data } = visit.node;
  turn.progress();
  turn.hear(reply, visit);
  const { locale } = turn.program;
  const texts = reply.messages.map(({ text }) => text);
  const value = readMessages(data, texts, { locale, now: turn.state.clock });
  if (value !== undefined) {
    turn.assign(data.variable, value, visit);
    return { leave: 'out' };
  }
  if (suspension.retriesLeft === 0) {
    const helps = helpsIn(turn, visit);
    if (helps) sayNext(turn, visit, suspension, sayOver(helps));
    const message = `The reply does not match what "${visit.node.label}" expects (${data.expect}).`;
    return { leave: 'invalid', error: { code: 'invalid_reply', message } };
  }
  const again = retryTextOf(turn, visit);
  const asked = again ? sayNext(turn, visit, suspension, again) : suspension;
  emitWaiting(turn, visit, expects(data), suspension.deadline);
  return { suspend: { ...asked, retriesLeft: suspension.retriesLeft - 1 } };
}

/** Whatever a call has brought fits. */
function onCallback(turn: Turn, visit: VisitOf<'listen'>, { value }: Callback): Outcome {
  turn.progress();
  turn.assign(visit.node.data.variable, value, visit);
  return { leave: 'out' };
}

function onTimer(turn: Turn, visit: VisitOf<'listen'>, suspension: ReplySuspension): Outcome {
  const [reminder, ...reminders] = suspension.reminders;
  const reminded = reminder !== undefined && reminder.at <= turn.state.clock;
  const deadlinePassed =
    suspension.deadline !== undefined && suspension.deadline <= turn.state.clock;
  // At the same instant the end of the wait wins: nobody is reminded of what is over.
  if (deadlinePassed) {
    turn.progress();
    return { leave: 'timeout' };
  }
  if (!reminded) return { suspend: suspension };
  return {
    suspend: { ...sayNext(turn, visit, suspension, render(turn, visit, reminder.text)), reminders },
  };
}

/** Waits for a reply or a call of its address, a time-out or the run's end, whichever comes first. */
export const listen: Behaviour<'listen', ReplySuspension> = {
  enter(turn, visit) {
    const { data, id } = visit.node;
    const { clock } = turn.state;
    const timeoutMs = data.timeout ? parseDuration(data.timeout) : null;
    const deadline = timeoutMs === null ? undefined : clock + timeoutMs;
    emitWaiting(turn, visit, expects(data), deadline);
    return {
      suspend: {
        kind: 'reply',
        nodeId: id,
        visit: visit.visit,
        enteredAt: visit.enteredAt,
        ...(deadline !== undefined && { deadline }),
        reminders: remindersOf(data, clock),
        retriesLeft: retriesOf(turn, visit),
        said: 0,
        ...(data.expect === 'callback' && { isForCallback: true }),
      },
    };
  },
  expects,
  askAgain(turn, visit, suspension, question) {
    const asked = question ? sayNext(turn, visit, suspension, question) : suspension;
    emitWaiting(turn, visit, expects(visit.node.data), suspension.deadline);
    return { suspend: asked };
  },
  resume(turn, visit, suspension, input) {
    if (input.kind === 'callback') return onCallback(turn, visit, input);
    if (input.kind === 'reply') return onReply(turn, visit, suspension, input);
    return onTimer(turn, visit, suspension);
  },
};
