import type { ConversationEvent } from '@crmflow/contracts';
import type pg from 'pg';
import { publish } from '../bus/message.js';
import { storedJson } from '../run/stored-json.js';
import { transaction } from '../transaction.js';
import {
  contactFacts,
  leadAfter,
  type LogRow,
  type StoryEvent,
  storyOf,
  toldTypes,
} from './story.js';

type Told = {
  workspaceId: string;
  contactId: string | null;
  currentRunId: string | null;
  lastSeq: number;
  toldSeq: number;
  toldEpoch: number;
  lastType: string | null;
  lastData: unknown;
};

/** Whoever tells next waits for this one, so that no number is given twice. */
const lock = {
  name: 'lock-conversation',
  text: 'SELECT id FROM "Conversation" WHERE id = $1 FOR NO KEY UPDATE',
};

const readTold = {
  name: 'read-told',
  text: `
    SELECT c."workspaceId", c."contactId", c."currentRunId", c."lastSeq", c."toldSeq", c."toldEpoch",
           last.type AS "lastType", last.data AS "lastData",
           run."lastSeq" AS "runSeq", run.epoch AS "runEpoch",
           coalesce(log.rows, '[]') AS rows
      FROM "Conversation" c
      JOIN "Run" run ON run.id = c."currentRunId"
      LEFT JOIN "ConversationEvent" last
        ON last."conversationId" = c.id AND last.seq = c."lastSeq"
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object(
                 'seq', l.seq, 'at', to_char(l.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                 'type', l.type, 'nodeId', l."nodeId", 'visit', l.visit, 'data', l.data)
               ORDER BY l.seq) AS rows
          FROM "ExecutionLog" l
         WHERE l."runId" = run.id AND l.type = ANY($2)
           AND (l.seq > c."toldSeq" OR l.epoch > c."toldEpoch")
      ) log ON true
     WHERE c.id = $1`,
};

const write = {
  name: 'tell-conversation',
  text: `
    WITH story AS (
      SELECT * FROM jsonb_to_recordset($2::jsonb) AS e
        (place int, at timestamptz, type text, data jsonb, key text)
    ), numbered AS (
      INSERT INTO "ConversationEvent" ("conversationId", seq, at, type, data, key)
      SELECT $1, $3 + place, at, type, data, key FROM story
      RETURNING seq, at, type, data
    ), seen AS (
      UPDATE "Contact" SET "lastSeenAt" = now()
       WHERE id = (SELECT "contactId" FROM "Conversation" WHERE id = $1)
         AND "lastSeenAt" < now() - interval '1 minute'
         AND EXISTS (SELECT FROM story WHERE type = 'message' AND data->>'role' = 'visitor')
    )
    UPDATE "Conversation" c
       SET "lastSeq" = $3 + (SELECT count(*) FROM numbered),
           "toldSeq" = $4, "toldEpoch" = $5,
           "lastMessageAt" = coalesce(message.at, c."lastMessageAt"),
           "lastMessage" = coalesce(
             jsonb_build_object('role', message.data->'role',
                                'text', left(message.data->>'text', 200)),
             c."lastMessage"),
           status = CASE WHEN lead.is_over THEN 'closed'
                         WHEN lead.waiting_since IS NOT NULL THEN 'waiting'
                         WHEN last.type IN ('waiting', 'control') THEN 'open'
                         WHEN lead.control IS NOT NULL AND c.status = 'waiting' THEN 'open'
                         ELSE c.status END,
           control = coalesce(lead.control, c.control),
           "waitingSince" = CASE WHEN lead.control IS NULL THEN c."waitingSince"
                                 ELSE lead.waiting_since END,
           "heldBy" = CASE WHEN lead.is_over THEN NULL ELSE c."heldBy" END
      FROM (SELECT 1) AS one
      LEFT JOIN LATERAL (
        SELECT at, data FROM numbered WHERE type = 'message' ORDER BY seq DESC LIMIT 1
      ) message ON true
      LEFT JOIN LATERAL (SELECT type FROM numbered ORDER BY seq DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (
        SELECT $6::jsonb->>'control' AS control, ($6::jsonb->>'isOver')::boolean AS is_over,
               ($6::jsonb->>'waitingSince')::timestamptz AS waiting_since
      ) lead ON true
     WHERE c.id = $1
    RETURNING c."lastSeq"`,
};

/**
 * What a visitor says is unread, ends a snooze, and opens again what the team has closed. Under a person
 * they wait for one from then on, until that person answers.
 */
const noticeSaid = {
  name: 'notice-said',
  text: `
    UPDATE "Conversation"
       SET unread = unread + $2,
           "snoozedUntil" = CASE WHEN $2 > 0 THEN NULL ELSE "snoozedUntil" END,
           status = CASE WHEN status = 'closed' AND $2 > 0 AND NOT $3 THEN 'open' ELSE status END,
           "waitingSince" = CASE WHEN control <> 'human' OR $4::text IS NULL THEN "waitingSince"
                                 WHEN $4 = 'visitor' THEN coalesce("waitingSince", now()) END
     WHERE id = $1`,
};

const readKeys = {
  name: 'told-keys',
  text: `SELECT key FROM "ConversationEvent" WHERE "conversationId" = $1 AND key = ANY($2)`,
};

/**
 * What of a story was not told yet: each message once, no wait or end twice in a row, and none that
 * comes before a message that was told, as it was told with that.
 */
async function untold(
  client: pg.PoolClient,
  conversationId: string,
  story: readonly StoryEvent[],
  { lastType, lastData }: Told,
): Promise<StoryEvent[]> {
  const keys = story.flatMap(({ key }) => key ?? []);
  if (story.length === 0) return [];
  const { rows } = await client.query<{ key: string }>({
    ...readKeys,
    values: [conversationId, keys],
  });
  const known = new Set(rows.map(({ key }) => key));
  const lastKnown = story.findLastIndex(({ key }) => key !== null && known.has(key));
  const isNew = ({ key }: StoryEvent, place: number) => {
    if (key === null) return place > lastKnown;
    if (known.has(key)) return false;
    known.add(key);
    return true;
  };
  const told = story.filter(isNew);
  const [first] = told;
  const isRepeated =
    first?.key === null &&
    first.type === lastType &&
    storedJson(first.data) === storedJson(lastData);
  return isRepeated ? told.slice(1) : told;
}

const fillContact = {
  name: 'fill-contact',
  text: `
    UPDATE "Contact" SET
           name = CASE WHEN name = '' THEN coalesce($2, '') ELSE name END,
           email = coalesce(email, $3), phone = coalesce(phone, $4), "updatedAt" = now()
     WHERE id = (SELECT "contactId" FROM "Conversation" WHERE id = $1)`,
};

/**
 * Tells a conversation what the log of its current run tells since: numbers it without gaps, and
 * wakes those who follow it. Safe to repeat, also concurrently and late.
 * @returns up to which number it was told; null if it was deleted, or has no run
 */
export async function tellConversation(
  pool: pg.Pool,
  conversationId: string,
): Promise<number | null> {
  const told = await transaction(pool, async (client) => {
    await client.query({ ...lock, values: [conversationId] });
    const { rows } = await client.query<
      Told & { runSeq: number; runEpoch: number; rows: LogRow[] }
    >({ ...readTold, values: [conversationId, toldTypes] });
    const [before] = rows;
    if (!before?.currentRunId) return null;
    const { runSeq, runEpoch, lastSeq, workspaceId } = before;
    const seenBy = before.contactId === null ? {} : { workspaceId };
    if (runSeq === before.toldSeq && runEpoch === before.toldEpoch) {
      return { seq: lastSeq, ...seenBy };
    }
    const all = storyOf(before.currentRunId, before.rows);
    const story = await untold(client, conversationId, all, before);
    const lead = leadAfter(before.rows);
    const numbered = storedJson(story.map((event, i) => ({ ...event, place: i + 1 })));
    const { rows: after } = await client.query<{ lastSeq: number }>({
      ...write,
      values: [
        ...[conversationId, numbered, lastSeq, runSeq, runEpoch],
        lead && JSON.stringify(lead),
      ],
    });
    const speakers = story.flatMap((event) => (event.type === 'message' ? event.data.role : []));
    const said = speakers.filter((role) => role === 'visitor').length;
    if (speakers.length > 0) {
      const isOver = story.at(-1)?.type === 'finished';
      await client.query({
        ...noticeSaid,
        values: [conversationId, said, isOver, speakers.at(-1)],
      });
    }
    const facts = contactFacts(before.rows);
    if (facts) {
      const { name, email, phone } = facts;
      await client.query({ ...fillContact, values: [conversationId, name, email, phone] });
    }
    const seq = after[0]?.lastSeq;
    return seq === undefined ? null : { seq, ...seenBy, ...(said > 0 && { isFromVisitor: true }) };
  });
  // Not in the transaction, for the reason that `recordRun` has.
  if (told !== null) await publish(pool, { kind: 'conversation', conversationId, ...told });
  return told?.seq ?? null;
}

/** A stretch of a conversation's events, and how far they go. */
export type StoryPage = {
  events: ConversationEvent[];
  lastSeq: number;
  /** The run that speaks now. */
  currentRunId: string | null;
  /** Whether it says nothing, as a person speaks in place of it or is waited for. */
  isSilent: boolean;
  /** Whether its visitor waits for a person to take it over. */
  isInQueue: boolean;
};

/**
 * The events after `afterSeq`, at most `limit` of them.
 * @returns null where there is no such conversation
 */
export async function readStory(
  pool: pg.Pool,
  conversationId: string,
  afterSeq: number,
  limit: number,
): Promise<StoryPage | null> {
  const { rows } = await pool.query<{
    lastSeq: number;
    currentRunId: string | null;
    isSilent: boolean;
    isInQueue: boolean;
    seq: number | null;
    at: Date;
    type: string;
    data: object;
  }>({
    name: 'read-story',
    text: `SELECT c."lastSeq", c."currentRunId", e.seq, e.at, e.type, e.data,
                  c.control = 'human' OR c."waitingSince" IS NOT NULL AS "isSilent",
                  c.control = 'flow' AND c."waitingSince" IS NOT NULL AS "isInQueue"
             FROM "Conversation" c
             LEFT JOIN LATERAL (
               SELECT * FROM "ConversationEvent"
                WHERE "conversationId" = c.id AND seq > $2 ORDER BY seq LIMIT $3
             ) e ON true
            WHERE c.id = $1 ORDER BY e.seq`,
    values: [conversationId, afterSeq, limit],
  });
  const [first] = rows;
  if (!first) return null;
  const events = rows.flatMap(({ seq, at, type, data }) =>
    seq === null ? [] : [{ seq, at: at.toISOString(), type, ...data } as ConversationEvent],
  );
  const { lastSeq, currentRunId, isSilent, isInQueue } = first;
  return { events, lastSeq, currentRunId, isSilent, isInQueue };
}

/** Places further back are not told apart: counting them would cost more the longer the queue is. */
const lastPlace = 100;

/**
 * The place of a conversation among those of its workspace whose visitors wait for a person, who has
 * waited longest first: from 1 to 101, which is anywhere behind the first hundred.
 * @returns null where its visitor does not wait
 */
export async function placeInQueue(
  pool: Pick<pg.Pool, 'query'>,
  conversationId: string,
): Promise<number | null> {
  const { rows } = await pool.query<{ place: number }>({
    name: 'place-in-queue',
    text: `
      SELECT 1 + (SELECT count(*)::int FROM (
               SELECT FROM "Conversation" o
                WHERE o."workspaceId" = c."workspaceId" AND o."waitingSince" IS NOT NULL
                  AND o.control = 'flow' AND o.status <> 'closed'
                  AND (o."waitingSince", o.id) < (c."waitingSince", c.id)
                LIMIT ${lastPlace}) ahead) AS place
        FROM "Conversation" c
       WHERE c.id = $1 AND c.control = 'flow' AND c."waitingSince" IS NOT NULL`,
    values: [conversationId],
  });
  return rows[0]?.place ?? null;
}
