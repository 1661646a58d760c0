import type { JsonObject, RunEvent } from '@crmflow/contracts';
import { readContactOfConversation, readEvents } from '@crmflow/db';
import type { RecordedRun } from '@crmflow/proof';
import type { Pool } from 'pg';

const pageSize = 1_000;
/** What is read of logs at once, as they are counted for the budget of a workspace. */
const mostBytes = 50_000_000;

type Row = {
  id: string;
  input: JsonObject;
  startedAt: Date;
  bytes: number;
  burst: unknown;
  conversationId: string | null;
};

async function readAll(pool: Pool, runId: string): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await readEvents(pool, runId, events.at(-1)?.seq ?? 0, pageSize);
    if (!page || page.events.length === 0) return events;
    events.push(
      ...page.events.map(
        ({ runId: _, at, ...event }) => ({ ...event, at: Date.parse(at) }) as RunEvent,
      ),
    );
  }
}

const columns = `id, input, "startedAt", burst, "conversationId", "logBytes"::float8 AS bytes`;

/** The contact is as it is known today: no log tells how it was. */
async function record(
  pool: Pool,
  { id, input, startedAt, burst, conversationId }: Row,
): Promise<RecordedRun> {
  const contact =
    conversationId === null ? undefined : await readContactOfConversation(pool, conversationId);
  return {
    ...{ runId: id, input, startedAt: startedAt.getTime() },
    ...(burst !== null && { burst: burst as NonNullable<RecordedRun['burst']> }),
    ...(contact && { contact }),
    events: await readAll(pool, id),
  };
}

/** Runs of a flow with their logs: those with these ids, or so many of the newest that have ended. */
export async function readRecorded(
  pool: Pool,
  workflowId: string,
  runs: readonly string[] | number,
): Promise<RecordedRun[]> {
  const isCount = typeof runs === 'number';
  const { rows } = await pool.query<Row>(
    isCount
      ? `SELECT ${columns} FROM "Run"
          WHERE "workflowId" = $1 AND "finishedAt" IS NOT NULL
          ORDER BY "startedAt" DESC, id DESC LIMIT $2`
      : `SELECT ${columns} FROM "Run" WHERE "workflowId" = $1 AND id = ANY($2)
          ORDER BY "startedAt" DESC, id DESC`,
    [workflowId, runs],
  );
  const recorded: RecordedRun[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes;
    if (bytes > mostBytes) break;
    recorded.push(await record(pool, row));
  }
  return recorded;
}
