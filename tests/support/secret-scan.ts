import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client as Database } from 'pg';
import { secretForms } from './secret-forms.js';
import type { OwnSystem, System } from './system.js';
import { temporalOf } from './temporal-of.js';

/** Something that an installation left behind: where, and what it says. */
export type Trace = { where: string; text: string };

/** A secret in a place where it has no business. */
export type Leak = { secret: string; where: string; around: string };

/** Every text within a value, payloads of Temporal included. */
function* textsWithin(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value instanceof Uint8Array) yield Buffer.from(value).toString('utf8');
  else if (Array.isArray(value)) for (const item of value) yield* textsWithin(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* textsWithin(item);
    }
  }
}

const textOf = (value: unknown) => [...textsWithin(value)].join('\n');

/** What all parts of an installation have logged. */
export function logsOf(system: OwnSystem): Trace[] {
  const folder = join(system.dataDir, 'logs');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return [
    { where: 'output of npm start', text: system.output() },
    ...files
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => ({
        where: `log ${name}`,
        text: readFileSync(join(parentPath, name), 'utf8'),
      })),
  ];
}

/** All that Temporal keeps of all runs: raw histories, memos, search attributes, what is pending. */
export async function historiesOf(system: System): Promise<Trace[]> {
  const { connection, workflow } = await temporalOf(system);
  try {
    const traces: Trace[] = [];
    for await (const { workflowId, runId } of workflow.list()) {
      const handle = workflow.getHandle(workflowId, runId);
      const described = (await handle.describe()).raw;
      const { events } = await handle.fetchHistory();
      if (!events?.length) throw new Error(`the history of ${workflowId} is empty`);
      traces.push({ where: `Temporal on ${workflowId}`, text: textOf(described) });
      for (const event of events) {
        const where = `event ${String(event.eventId)} of ${workflowId}`;
        traces.push({ where, text: textOf(event) });
      }
    }
    return traces;
  } finally {
    await connection.close();
  }
}

/** Every row of every table. */
export async function rowsOf(databaseUrl: string): Promise<Trace[]> {
  const database = new Database({ connectionString: databaseUrl });
  await database.connect();
  try {
    const tables = await database.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const traces: Trace[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await database.query<{ text: string }>(
        `SELECT to_jsonb(t)::text AS text FROM ${name} t`,
      );
      traces.push(...rows.map(({ text }) => ({ where: `table ${name}`, text })));
    }
    return traces;
  } finally {
    await database.end();
  }
}

/**
 * Looks for secrets in what an installation left behind: as they are, percent-encoded, in base64
 * wherever they begin, in hexadecimal, in JSON.
 * @param secrets each with a name by which a leak is told
 */
export function findLeaks(traces: readonly Trace[], secrets: { [name: string]: string }): Leak[] {
  return Object.entries(secrets).flatMap(([secret, value]) => {
    if (value.length < 8) throw new Error(`${secret} is too short to be told from other text`);
    const forms = secretForms(value);
    return traces.flatMap(({ where, text }) => {
      const at = Math.max(...forms.map((form) => text.indexOf(form)));
      if (at === -1) return [];
      return [{ secret, where, around: text.slice(Math.max(0, at - 80), at + 80) }];
    });
  });
}
