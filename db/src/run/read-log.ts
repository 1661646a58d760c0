import { limits, type RunEvent, type WireEvent } from '@crmflow/contracts';
import type pg from 'pg';

/** A stretch of a run's log, and how far the log goes. */
export type LogPage = {
  /** Ascending by seq. */
  events: WireEvent[];
  lastSeq: number;
  /** Another one than the reader knows: what it has read may be told no more (`rewoundTo`). */
  epoch: number;
};

type Row = {
  lastSeq: number;
  epoch: number;
  seq: number | null;
  at: Date;
  type: RunEvent['type'];
  nodeId: string | null;
  visit: number | null;
  data: RunEvent['data'];
};

/** Rows of which the size is looked at at once: a page may be larger by so many. */
const stride = 16;

/** Walks the log in strides, so that no more of a large one is looked at than is given. */
const statement = {
  name: 'read-events',
  text: `
    WITH RECURSIVE page (seq, bytes) AS (
      SELECT $2::int, 0::bigint
      UNION ALL
      SELECT page.seq + ${stride}, page.bytes + coalesce(stride.bytes, 0)
        FROM page, LATERAL (
          SELECT sum(octet_length(data::text)) AS bytes FROM "ExecutionLog"
           WHERE "runId" = $1 AND seq > page.seq AND seq <= page.seq + ${stride}) stride
       WHERE page.seq < $2 + $3 AND page.bytes < ${limits.logPageBytes}
         AND page.seq < (SELECT "lastSeq" FROM "Run" WHERE id = $1))
    SELECT run."lastSeq", run.epoch, l.seq, l.at, l.type, l."nodeId", l.visit, l.data
      FROM "Run" run
      LEFT JOIN LATERAL (
        SELECT * FROM "ExecutionLog"
         WHERE "runId" = run.id AND seq > $2 AND seq <= (SELECT max(seq) FROM page)
         ORDER BY seq LIMIT $3
      ) l ON true
     WHERE run.id = $1
     ORDER BY l.seq`,
};

/**
 * The events after `afterSeq`, at most `limit` of them, and fewer where they are large
 * (`limits.logPageBytes`).
 * @returns null where there is no such run
 */
export async function readEvents(
  pool: pg.Pool,
  runId: string,
  afterSeq: number,
  limit: number,
): Promise<LogPage | null> {
  const { rows } = await pool.query<Row>({ ...statement, values: [runId, afterSeq, limit] });
  const [first] = rows;
  if (!first) return null;
  const events = rows.flatMap(({ seq, at, type, nodeId, visit, data }): WireEvent[] =>
    seq === null
      ? []
      : [
          {
            runId,
            seq,
            at: at.toISOString(),
            type,
            ...(nodeId === null ? {} : { nodeId }),
            ...(visit === null ? {} : { visit }),
            data,
          },
        ],
  );
  return { events, lastSeq: first.lastSeq, epoch: first.epoch };
}

/** How far back a reader has to go, and the epoch that it knows from then on. */
type Rewind = { toSeq: number; epoch: number };

/**
 * What is left of what a reader has read: everything after `toSeq` was replaced since.
 * @param knownEpoch the epoch of what it has read
 * @returns null where nothing was replaced, or where there is no such run
 */
export async function rewoundTo(
  pool: pg.Pool,
  runId: string,
  knownEpoch: number,
): Promise<Rewind | null> {
  const { rows } = await pool.query<Rewind>(
    `SELECT run.epoch, l."toSeq"
       FROM "Run" run,
            LATERAL (SELECT min(seq) - 1 AS "toSeq" FROM "ExecutionLog"
                      WHERE "runId" = run.id AND epoch > $2) l
      WHERE run.id = $1 AND l."toSeq" IS NOT NULL`,
    [runId, knownEpoch],
  );
  return rows[0] ?? null;
}

/** From where to read a run's log. */
export type LogCursor = {
  afterSeq: number;
  /** The newest rewriting of the log that the reader knows of. */
  knownEpoch: number;
};

/** What one consistent look at a run's log found. */
export type LogSlice = {
  epoch: number;
  lastSeq: number;
  /** Set where the log was rewritten since `knownEpoch`: what came after it is void. */
  rewoundTo?: number;
  /** Ascending, from the first after `afterSeq`. */
  rows: WireEvent[];
};

/** How far the log of a run goes. */
export type LogTip = { runId: string; epoch: number; lastSeq: number };

/** Rows per read: what one socket that stopped reading can hold at most, besides its buffer. */
const sliceSize = 200;

/**
 * A slice of a run's log, and how far readers have to go back where the log was rewritten since
 * the epoch that they know. A rewriting between the two looks makes it look again.
 * @returns null where the run was deleted
 */
export async function readLogSlice(
  pool: pg.Pool,
  runId: string,
  { afterSeq, knownEpoch }: LogCursor,
): Promise<LogSlice | null> {
  for (;;) {
    const page = await readEvents(pool, runId, afterSeq, sliceSize);
    if (!page) return null;
    const { epoch, lastSeq, events: rows } = page;
    if (epoch === knownEpoch) return { epoch, lastSeq, rows };
    const rewind = await rewoundTo(pool, runId, knownEpoch);
    if (!rewind) return { epoch, lastSeq, rows };
    if (rewind.epoch === epoch) return { epoch, lastSeq, rows, rewoundTo: rewind.toSeq };
  }
}

/** How far the logs of runs go; those that were deleted are left out. */
export async function readLogTips(pool: pg.Pool, runIds: readonly string[]): Promise<LogTip[]> {
  const { rows } = await pool.query<LogTip>({
    name: 'log-tips',
    text: `SELECT id AS "runId", epoch, "lastSeq" FROM "Run" WHERE id = ANY($1)`,
    values: [runIds],
  });
  return rows;
}
