import type { ConversationPerson, FlowPerson, LiveEvents, WireEvent } from '@crmflow/contracts';
import type pg from 'pg';

/** An event of a run that is in no log. */
export type LiveEvent = {
  [E in keyof LiveEvents]: { event: E; data: LiveEvents[E] };
}[keyof LiveEvents];

/** A live event on its way: best effort, straight to the sockets that watch. `at` is ISO 8601. */
export type LiveMessage = { kind: 'live'; runId: string; at: string } & LiveEvent;

/** A row of the log of the run that its message names. */
export type ToldRow = Omit<WireEvent, 'runId'>;

/** Who has a flow open in one process. `isNew`: others are to say whom they have, too. */
export type FlowPeople = {
  kind: 'flow-people';
  workflowId: string;
  /** The process. */
  origin: string;
  people: FlowPerson[];
  isNew?: boolean;
};

/** Who has a conversation open in one process. `isNew`: others are to say whom they have, too. */
export type ConversationPeople = {
  kind: 'conversation-people';
  workspaceId: string;
  conversationId: string;
  /** The process. */
  origin: string;
  people: ConversationPerson[];
  isNew?: boolean;
};

/**
 * What processes tell each other.
 * - `log`: the run's log goes up to `seq` now, in its `epoch`. A poke: the rows are in the table.
 *   Where they are few, `rows` are those up to `seq`, and readers who lack just these need not look
 * - `live`: see LiveMessage
 * - `conversation`: a conversation was told up to `seq`. A poke: the events are in the table. Where
 *   the team sees it, in which workspace, and whether its visitor has said something
 * - `inbox`: the team has changed or noted something in a conversation. `mentions`: whom a note tells
 * - `typing`: somebody writes in a conversation: its visitor, or the operator who leads it
 * - `conversation-people`: see ConversationPeople
 * - `flow-people`: see FlowPeople
 * - `flow-saved`: the draft of a flow was saved
 * - `firing`: the schedule of a deployment is due. A poke: the firing is in the table
 * - `session-ended`: the sockets of these (hashed) sessions and API tokens are to be closed
 * - `role-changed`: the sockets of a member of this workspace, or of all, are to be closed
 */
export type BusMessage =
  | { kind: 'log'; runId: string; seq: number; epoch: number; rows?: ToldRow[] }
  | LiveMessage
  | {
      kind: 'conversation';
      conversationId: string;
      seq: number;
      workspaceId?: string;
      isFromVisitor?: boolean;
    }
  | { kind: 'inbox'; workspaceId: string; conversationId: string; mentions?: string[] }
  | { kind: 'firing'; deploymentId: string }
  | { kind: 'session-ended'; sessionIds: string[] }
  | { kind: 'role-changed'; workspaceId: string; userId?: string }
  | {
      kind: 'typing';
      workspaceId: string;
      conversationId: string;
      by: 'visitor' | 'operator';
    }
  | ConversationPeople
  | FlowPeople
  | { kind: 'flow-saved'; workflowId: string; revision: number; userId: string };

/** The channel of LISTEN and NOTIFY. */
export const busChannel = 'crmflow';

/** Most bytes of JSON that one message may have: PostgreSQL refuses 8,000. */
export const busMessageBytes = 7_900;

/**
 * A message as it travels.
 * @throws RangeError where it is too large: split it, or send where to read it
 */
export function encodeBusMessage(message: BusMessage): string {
  const payload = JSON.stringify(message);
  const bytes = Buffer.byteLength(payload);
  if (bytes >= busMessageBytes) {
    throw new RangeError(
      `A ${message.kind} message for the bus has ${bytes} bytes; the limit is ${busMessageBytes}. ` +
        `Split it, or publish a reference to it.`,
    );
  }
  return payload;
}

/**
 * Tells every listening process. Over a client in a transaction it is told when that commits,
 * and never where it does not.
 * @throws RangeError where the message is too large (see `busMessageBytes`)
 */
export async function publish(
  database: pg.Pool | pg.ClientBase,
  message: BusMessage,
): Promise<void> {
  await database.query('SELECT pg_notify($1, $2)', [busChannel, encodeBusMessage(message)]);
}

/**
 * Publishes an event of a run to the sockets that watch it, stamped with the current time.
 * @throws RangeError where the event is too large (see `busMessageBytes`)
 */
export async function publishLive(
  database: pg.Pool | pg.ClientBase,
  runId: string,
  live: LiveEvent,
): Promise<void> {
  await publish(database, { kind: 'live', runId, at: new Date().toISOString(), ...live });
}
