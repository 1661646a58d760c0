import type { RecordInput } from '@crmflow/contracts';
import { storedJson } from './stored-json.js';

/** A flush as the statements take it: `rows` and the columns of Run. Times are ISO 8601. */
export type Flush = {
  runId: string;
  /** The log's rows as a JSON array. */
  rows: string;
  /** The size of these. */
  bytes: number;
  firstSeq: number;
  lastSeq: number;
  view: string;
  status: string;
  currentNode: string | null;
  error: string | null;
  finishedAt: string | null;
  /** Whether the run moved to another version. */
  moves: boolean;
};

const iso = (epochMs: number) => new Date(epochMs).toISOString();

/** What a run tells, in the form in which it is stored. */
export function toFlush({ runId, events, view, error, finishedAt }: RecordInput): Flush {
  const rows = storedJson(events.map((event) => ({ ...event, at: iso(event.at) })));
  return {
    runId,
    rows,
    bytes: Buffer.byteLength(rows),
    firstSeq: events[0]?.seq ?? view.lastSeq + 1,
    lastSeq: view.lastSeq,
    view: storedJson(view),
    status: view.status,
    currentNode: view.currentNodes[0]?.nodeId ?? null,
    error: error === undefined ? null : storedJson(error),
    finishedAt: finishedAt === undefined ? null : iso(finishedAt),
    moves: events.some(
      ({ type, data }) => type === 'run.started' && data.resumed?.by === 'migrate',
    ),
  };
}

/** How far the log of a run goes: up to which seq, in which epoch. */
export type LogEnd = {
  seq: number;
  epoch: number;
  /** Of a run that is part of one: what its visitor is told is due. */
  conversationId: string | null;
};

/**
 * The flush's rows, from the parameter that holds them as JSON.
 * @param parameter e.g. `$2`
 */
export const rowsOf = (parameter: string) => `
  jsonb_to_recordset(${parameter}::jsonb) AS e
    (seq int, at timestamptz, type text, "nodeId" text, visit int, data jsonb)`;

/** Ids and sizes of the visitor's messages among those rows. */
const consumedIn = (parameter: string) => `
  SELECT e.data->>'id' AS "messageId", max(octet_length(e.data->>'text')) AS bytes
    FROM ${rowsOf(parameter)}
   WHERE e.type = 'message' AND e.data->>'role' = 'user'
   GROUP BY 1`;

/**
 * Marks the visitor's messages among the rows as taken from the run's queue. A message whose
 * acknowledgement has not been written yet gets its row here.
 * @param run a query with the column id, empty where nothing is to be marked
 */
export const markConsumed = (run: string, parameter: string) => `
  INSERT INTO "RunMessage" ("runId", "messageId", bytes, "consumedAt")
  SELECT run.id, m."messageId", m.bytes, now()
    FROM ${run} AS run, (${consumedIn(parameter)}) AS m
  ON CONFLICT ("runId", "messageId") DO UPDATE
     SET "consumedAt" = excluded."consumedAt", text = NULL
   WHERE "RunMessage"."consumedAt" IS NULL`;
