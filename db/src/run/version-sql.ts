/**
 * Sets a run's version to the one that its log tells last: run `$1` has moved to another one, or
 * is told not to have. The first one is kept, since the log does not tell what it began with.
 */
export const followVersion = `
  UPDATE "Run" run
     SET "versionId" = told.id,
         "firstVersionId" = nullif(coalesce("firstVersionId", "versionId"), told.id)
    FROM (
      SELECT coalesce(v.id, r."firstVersionId", r."versionId") AS id
        FROM "Run" r
        LEFT JOIN LATERAL (
          SELECT data->'version' AS version FROM "ExecutionLog"
           WHERE "runId" = r.id AND type = 'run.started' ORDER BY seq DESC LIMIT 1
        ) l ON true
        LEFT JOIN "WorkflowVersion" v
               ON v."workflowId" = r."workflowId" AND jsonb_typeof(l.version) = 'number'
              AND v.number = (l.version #>> '{}')::int
       WHERE r.id = $1
    ) told
   WHERE run.id = $1 AND run."versionId" <> told.id`;
