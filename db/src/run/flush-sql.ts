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
