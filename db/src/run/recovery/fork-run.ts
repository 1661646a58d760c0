import type { ForkOrigin, RunMode } from '@crmflow/contracts';
import type pg from 'pg';
import { transaction } from '../../transaction.js';
import { laterMessagesQuery } from './later-messages.js';
import type { Resume } from './resume.js';

/** A fork to be. */
export type Fork = {
  runId: string;
  versionId: string;
  mode: RunMode;
  pausePoints: string[];
  origin: ForkOrigin;
  visit: number;
  /** Epoch milliseconds. */
  at: number;
  repeatMessages: boolean;
  /** The user who asks for it. */
  startedBy: string;
  requestScope?: string | undefined;
  requestId?: string | undefined;
  requestHash?: string | undefined;
};

const insertRun = `
  INSERT INTO "Run" (id, "workflowId", "versionId", "firstVersionId", "workspaceId", mode, input,
                     "pausePoints", origin, resume, view, "lastSeq", "startedAt", "updatedAt",
                     "requestId", "requestHash", "logBytes", locale, timezone,
                     "startedBy", "requestScope")
  SELECT $1, "workflowId", $3,
         nullif(coalesce("firstVersionId", "versionId"), $3),
         "workspaceId", $4, input, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9,
         to_timestamp($10::float8 / 1000), now(), $11, $12, "logBytes", locale, timezone,
         $13, $14
    FROM "Run" WHERE id = $2`;

/** The first event names the origin, for whoever only reads the log. */
const copyLog = `
  INSERT INTO "ExecutionLog" ("runId", seq, at, type, "nodeId", visit, data)
  SELECT $1, seq, at, type, "nodeId", visit,
         CASE WHEN seq = 1 THEN data || jsonb_build_object('forkedFrom', $4::jsonb) ELSE data END
    FROM "ExecutionLog" WHERE "runId" = $2 AND seq <= $3`;

const copyTaken = `
  INSERT INTO "RunMessage" ("runId", "messageId", bytes, at, "consumedAt")
  SELECT $1, m."messageId", m.bytes, m.at, m."consumedAt"
    FROM "RunMessage" m
    JOIN "ExecutionLog" l ON l."runId" = $2 AND l.seq <= $3 AND l.type = 'message'
                         AND l.data->>'role' = 'user' AND l.data->>'id' = m."messageId"
   WHERE m."runId" = $2`;

const repeatMessages = `
  INSERT INTO "RunMessage" ("runId", "messageId", bytes, text, at)
  SELECT $1, later.id, octet_length(later.text), later.text,
         to_timestamp(($4::float8 + row_number() OVER (ORDER BY later.place)) / 1000)
    FROM (${laterMessagesQuery}) AS later
  ON CONFLICT DO NOTHING`;

/**
 * Writes a fork down, to be launched from there: a run whose log begins with a copy of its
 * origin's, and who has heard what was said by then.
 * @returns false where the origin was deleted, or its log is shorter now
 */
export function forkRun(pool: pg.Pool, fork: Fork): Promise<boolean> {
  const { runId, origin, visit, at, mode, pausePoints } = fork;
  const { seq } = origin;
  const resume: Resume = {
    ...{ by: 'fork', nodeId: origin.nodeId, visit, at },
    ...{ afterSeq: seq, lastSeq: seq },
  };
  const view = {
    ...{ status: 'running', currentNodes: [], variables: {}, lastSeq: seq },
    ...{ stepping: mode === 'step', pausePoints },
  };
  return transaction(pool, async (client) => {
    // Nothing is to be appended or rewritten meanwhile.
    const { rowCount } = await client.query(
      'SELECT FROM "Run" WHERE id = $1 AND "lastSeq" >= $2 FOR SHARE',
      [origin.runId, seq],
    );
    if (rowCount === 0) return false;
    await client.query(insertRun, [
      ...[runId, origin.runId, fork.versionId, mode, pausePoints],
      ...[JSON.stringify(origin), JSON.stringify(resume), JSON.stringify(view), seq, at],
      ...[fork.requestId ?? null, fork.requestHash ?? null],
      ...[fork.startedBy, fork.requestScope ?? null],
    ]);
    await client.query(copyLog, [runId, origin.runId, seq, JSON.stringify(origin)]);
    await client.query(copyTaken, [runId, origin.runId, seq]);
    if (fork.repeatMessages) await client.query(repeatMessages, [runId, origin.runId, seq, at]);
    return true;
  });
}
