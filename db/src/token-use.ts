import type pg from 'pg';

/** Who asks the model: a run, and so its flow and workspace, or a member of a workspace outside of any. */
export type TokenUser = { runId: string } | { workspaceId: string };

/** What the installation's key may be used for in a day (UTC), in tokens of input and output. */
export type TokenBudgets = { flow: number; workspace: number; installation: number };

/** Whose tokens are counted. */
export type TokenScope = keyof TokenBudgets;

/** Tokens that are counted already, for a call that is about to use them. */
export type TokenReservation = {
  /** Counts what the call has really used. */
  settle(tokens: number): Promise<void>;
};

type Counted = { scope: TokenScope; tokens: number; day: string };

/** In one order everywhere: who counts at once waits, and nobody for each other. */
const count = {
  name: 'count-tokens',
  text: `
    WITH asker AS (
      SELECT "workspaceId", "workflowId" FROM "Run" WHERE id = $1
      UNION ALL
      SELECT $2, NULL WHERE $2::text IS NOT NULL
    ), counted (scope, id) AS (
      SELECT 'installation', '' UNION ALL
      SELECT 'workspace', "workspaceId" FROM asker UNION ALL
      SELECT 'flow', "workflowId" FROM asker WHERE "workflowId" IS NOT NULL
    )
    INSERT INTO "TokenUse" (day, scope, id, tokens)
    SELECT coalesce($4::date, (now() AT TIME ZONE 'UTC')::date), scope, id, $3::bigint
      FROM counted ORDER BY scope, id
    ON CONFLICT (day, scope, id) DO UPDATE
       SET tokens = greatest("TokenUse".tokens + excluded.tokens, 0)
    RETURNING scope, tokens::float8 AS tokens, day::text AS day`,
};

/**
 * Counts tokens before they are used, unless a budget of the day is used up. The tokens of calls
 * under way are counted too, so that a budget is exceeded only by what these use beyond what was
 * reserved for them, and by one call.
 * @returns whose budget is used up, where one is
 */
export async function reserveTokens(
  pool: pg.Pool,
  user: TokenUser,
  tokens: number,
  budgets: TokenBudgets,
): Promise<TokenReservation | { usedUp: TokenScope }> {
  const { runId = null, workspaceId = null } = user as { runId?: string; workspaceId?: string };
  const add = async (more: number, day: string | null): Promise<Counted[]> => {
    if (more === 0) return [];
    const { rows } = await pool.query<Counted>({
      ...count,
      values: [runId, workspaceId, more, day],
    });
    return rows;
  };
  const counted = await add(tokens, null);
  const day = counted[0]?.day ?? null;
  const full = counted.find(({ scope, tokens: all }) => all - tokens >= budgets[scope]);
  if (full) {
    await add(-tokens, day);
    return { usedUp: full.scope };
  }
  return { settle: async (used) => void (await add(Math.round(used) - tokens, day)) };
}

/** What was used today (UTC) of the installation's key: by the installation, a workspace, and each of its flows at most. */
export async function tokensToday(
  pool: pg.Pool,
  workspaceId: string,
): Promise<{ installation: number; workspace: number; flow: number }> {
  const { rows } = await pool.query<{ scope: TokenScope; tokens: number }>(
    `SELECT scope, max(tokens)::float8 AS tokens FROM "TokenUse"
      WHERE day = (now() AT TIME ZONE 'UTC')::date
        AND (scope = 'installation' OR scope = 'workspace' AND id = $1
             OR scope = 'flow' AND id IN (SELECT id FROM "Workflow" WHERE "workspaceId" = $1))
      GROUP BY scope`,
    [workspaceId],
  );
  const found = Object.fromEntries(rows.map(({ scope, tokens }) => [scope, tokens]));
  return { installation: 0, workspace: 0, flow: 0, ...found };
}

/** Tokens that are counted for a deployment, or the text for customers where its budget of the day is used up. */
export type DeploymentTokens =
  TokenReservation | { usedUp: { tokensPerDay: number; fallbackText: string } };

/** The row is locked while its tokens are compared: of many at once, each sees what the others reserved. */
const countOfDeployment = {
  name: 'count-deployment-tokens',
  text: `
    WITH chat AS (
      SELECT d.id, (d.settings #>> '{limits,modelTokensPerDay}')::float8 AS most,
             coalesce(d.settings->>'fallbackText', '') AS "fallbackText"
        FROM "Run" run
        JOIN "Conversation" c ON c.id = run."conversationId"
        JOIN "Deployment" d ON d.id = c."deploymentId"
       WHERE run.id = $1
    ), counted AS (
      INSERT INTO "TokenUse" AS used (day, scope, id, tokens)
      SELECT (now() AT TIME ZONE 'UTC')::date, 'deployment', id, $2::bigint FROM chat
      ON CONFLICT (day, scope, id) DO UPDATE SET tokens = used.tokens + excluded.tokens
       WHERE used.tokens < coalesce((SELECT most FROM chat), 'Infinity')
      RETURNING day::text AS day
    )
    SELECT chat.*, counted.day FROM chat LEFT JOIN counted ON true`,
};

/**
 * Counts tokens that a run is about to use for the deployment of its conversation, unless what was
 * counted there today (UTC) has reached its budget. So it is exceeded only by what calls under way
 * use beyond what was reserved for them, and by one call.
 * @returns null for a run that is part of no conversation
 */
export async function reserveDeploymentTokens(
  pool: pg.Pool,
  runId: string,
  tokens: number,
): Promise<DeploymentTokens | null> {
  const { rows } = await pool.query<{
    id: string;
    most: number | null;
    fallbackText: string;
    day: string | null;
  }>({ ...countOfDeployment, values: [runId, tokens] });
  const [row] = rows;
  if (!row) return null;
  const { id, day, most, fallbackText } = row;
  if (day === null) return { usedUp: { tokensPerDay: most ?? 0, fallbackText } };
  return {
    async settle(used) {
      const more = Math.round(used) - tokens;
      if (more === 0) return;
      await pool.query(
        `UPDATE "TokenUse" SET tokens = greatest(tokens + $3, 0)
          WHERE day = $1::date AND scope = 'deployment' AND id = $2`,
        [day, id, more],
      );
    },
  };
}
