import { createHmac, hkdfSync } from 'node:crypto';
import {
  isFinal,
  type JsonObject,
  type RunError,
  type RunResponse,
  type RunStatus,
  type WebhookRespond,
} from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import type { RouteAnswer } from '../http/route.js';
import { hashOfToken } from '../secret-token.js';
import { answerOfNode, untouchable } from './answer-of-node.js';
import { webhookSettingsOf } from '../deployments/webhook-settings.js';

/** What comes only after the run has begun. */
type LaterRespond = Exclude<WebhookRespond, 'accepted'>;

type RunRow = {
  status: RunStatus;
  error: RunError | null;
  output: JsonObject | null;
  response: RunResponse | null;
};

const findResponse = `(
  SELECT l.data->'response' FROM "ExecutionLog" l
   WHERE l."runId" = run.id AND l.type = 'node.completed' AND l.data ? 'response'
   ORDER BY l.seq LIMIT 1)`;

/** What senders get of a run that has ended; one that did not complete is an error of the server's. */
function endOf(runId: string, { status, error, output }: RunRow, withOutput: boolean): RouteAnswer {
  const body = {
    ...{ runId, status },
    ...(withOutput && status === 'completed' && { output: output ?? {} }),
    ...(error && { error: { code: error.code } }),
  };
  return { status: status === 'completed' ? 200 : 500, body, headers: untouchable };
}

/**
 * The answer that a run has for whoever sent what started it; null while it has none. By `finished` it is
 * its end: its status, and its variables where it completed. By `node` it is what its first respond node
 * said, or that it ended without one.
 * @throws AppError `not_found` where the run is gone
 */
async function readAnswer(
  pool: Pool,
  respond: LaterRespond,
  runId: string,
): Promise<RouteAnswer | null> {
  const { rows } = await pool.query<RunRow>({
    name: `hook-answer-${respond}`,
    text: `SELECT run.status, run.error, run.view->'variables' AS output,
                  ${respond === 'node' ? findResponse : 'NULL'} AS response
             FROM "Run" run WHERE run.id = $1`,
    values: [runId],
  });
  const [run] = rows;
  if (!run) throw new AppError('not_found', 'The run was deleted.');
  if (run.response) return answerOfNode(run.response);
  return isFinal(run.status) ? endOf(runId, run, respond === 'finished') : null;
}

/** How long a sender is kept waiting. */
const patienceMs = 25_000;
/** How often to look at a run from which nothing is heard. */
const pollMs = 1_000;
/** Senders that wait in one process. */
const mostWaiting = 1_000;

/**
 * Waits for the answer of a run.
 * @param signal the sender has gone
 * @returns null where it takes too long, or too many wait
 */
export async function waitForAnswer(
  { pool, runWatch }: Pick<Deps, 'pool' | 'runWatch'>,
  respond: LaterRespond,
  runId: string,
  signal: AbortSignal,
): Promise<RouteAnswer | null> {
  const isFull = runWatch.count() >= mostWaiting;
  const deadline = Date.now() + patienceMs;
  const watched = runWatch.watch(runId);
  try {
    for (;;) {
      const answer = await readAnswer(pool, respond, runId);
      const left = deadline - Date.now();
      if (answer || isFull || left <= 0 || signal.aborted || runWatch.isClosed()) return answer;
      await watched.next(Math.min(left, pollMs));
    }
  } finally {
    watched.end();
  }
}

/** For how long a late answer can be asked for. */
const resultHours = 24;

/** The token of a run's answer: the same for each delivery that leads to the run. */
function tokenOf({ encryptionKey }: Deps['config'], deploymentId: string, runId: string): string {
  const key = hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), '', 'hook results', 32);
  return createHmac('sha256', Buffer.from(key))
    .update(`${deploymentId}\n${runId}`)
    .digest('base64url');
}

/** Says where the answer of a run will be, to a sender who has waited long enough. */
export async function promiseAnswer(
  { pool, config }: Pick<Deps, 'pool' | 'config'>,
  deploymentId: string,
  runId: string,
): Promise<RouteAnswer> {
  const token = tokenOf(config, deploymentId, runId);
  await pool.query(
    `INSERT INTO "HookResult" ("tokenHash", "deploymentId", "runId", "expiresAt")
     VALUES ($1, $2, $3, now() + make_interval(hours => $4))
     ON CONFLICT ("tokenHash") DO UPDATE SET "expiresAt" = excluded."expiresAt"`,
    [hashOfToken(token), deploymentId, runId, resultHours],
  );
  return { status: 202, body: { runId }, headers: { Location: `/hooks/results/${token}` } };
}

/**
 * The answer that a token stands for, or that there is none yet.
 * @throws AppError `not_found` for an unknown or expired token
 */
export async function answerLater(pool: Pool, token: string): Promise<RouteAnswer> {
  const { rows } = await pool.query<{ runId: string; settings: unknown }>(
    `SELECT r."runId", d.settings
       FROM "HookResult" r JOIN "Deployment" d ON d.id = r."deploymentId"
       JOIN "Workspace" w ON w.id = d."workspaceId" AND w."deletingSince" IS NULL
      WHERE r."tokenHash" = $1 AND r."expiresAt" > now()`,
    [hashOfToken(token)],
  );
  const [found] = rows;
  if (!found) throw new AppError('not_found', 'Answer not found. It may have expired.');
  const { respond } = webhookSettingsOf(found.settings);
  // Settings may have changed since: who was told to ask again wants to know how it ended.
  const answer = await readAnswer(pool, respond === 'accepted' ? 'finished' : respond, found.runId);
  return answer ?? { status: 202, body: { runId: found.runId }, headers: { 'Retry-After': '2' } };
}
