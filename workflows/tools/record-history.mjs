// node workflows/tools/record-history.mjs <Temporal address> <run id> <name>: keeps the history of
// a run (its latest execution) as workflows/test/histories/<name>.json, for the tests to replay, with
// the programs that it refers to from the database in DATABASE_URL.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createPool, readProgram } from '@crmflow/db';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';

const [address, runId, name] = process.argv.slice(2);
if (!address || !runId || !name) {
  console.error('Say where Temporal is, which run, and a name: 127.0.0.1:7233 run-… time-out');
  process.exit(1);
}
const connection = await Connection.connect({ address });
const pool = createPool(process.env['DATABASE_URL'] ?? '');

/** @param {import('@temporalio/proto').temporal.api.history.v1.IHistory} history */
async function programsOf(history) {
  const payloads = (history.events ?? []).flatMap((event) => [
    ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
    ...(event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args
      ?.payloads ?? []),
  ]);
  /** @type {Record<string, unknown>} */
  const programs = {};
  for (const { data } of payloads) {
    const { programOf } = JSON.parse(Buffer.from(data ?? []).toString());
    if (programOf) programs[programOf] = JSON.parse((await readProgram(pool, programOf)) ?? 'null');
  }
  return programs;
}

try {
  const client = new Client({ connection });
  const history = await client.workflow.getHandle(runId).fetchHistory();
  const file = new URL(`../test/histories/${name}.json`, import.meta.url);
  const { History } = proto.temporal.api.history.v1;
  const plain = History.toObject(history, { longs: String, enums: String, bytes: String });
  // Stacks of failures name the folder in which they happened; that is nobody's business.
  const here = fileURLToPath(new URL('../../', import.meta.url));
  const programs = await programsOf(history);
  const text = JSON.stringify({ workflowId: runId, programs, history: plain }).replaceAll(here, '');
  writeFileSync(file, `${text}\n`);
} finally {
  await pool.end();
  await connection.close();
}
