import fc from 'fast-check';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { event, flushOf } from '../testing/flush.js';
import { newRun } from '../testing/new-run.js';
import { useDatabase } from '../testing/scratch-database.js';
import { readEvents } from './read-log.js';
import { recordRun } from './record-run.js';
import { rewoundTo } from './read-log.js';

const database = useDatabase();
let pool: pg.Pool;
beforeAll(() => {
  ({ pool } = database);
});

/** What a log tells: the word at each seq. */
type Log = Map<number, string>;
type Step = { flush: [from: number, words: string[]] } | { read: number };

const length = 8;

/** Two stories that tell the same up to somewhere, as a run that lost its last steps has them. */
const stories = fc
  .integer({ min: 0, max: length })
  .map((fork) => [
    Array.from({ length }, (_, index) => `a${index}`),
    Array.from({ length }, (_, index) => (index < fork ? `a${index}` : `b${index}`)),
  ]);

const scenario = stories.chain(([first = [], second = []]) => {
  const flush = fc
    .record({
      story: fc.constantFrom(first, second),
      from: fc.integer({ min: 1, max: length }),
      count: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ story, from, count }): Step => ({
      flush: [from, story.slice(from - 1, from - 1 + count)],
    }));
  const read = fc.nat({ max: 1 }).map((reader): Step => ({ read: reader }));
  return fc.record({
    last: fc.constantFrom(first, second),
    steps: fc.array(fc.oneof({ arbitrary: flush, weight: 3 }, read), { maxLength: 20 }),
  });
});

/** The rule in its plainest form. */
function apply(log: Log, [from, words]: [number, string[]]): void {
  for (const [index, word] of words.entries()) {
    const seq = from + index;
    if (log.has(seq) && log.get(seq) !== word) {
      for (const later of [...log.keys()].filter((other) => other >= seq)) log.delete(later);
    }
    log.set(seq, word);
  }
}

const record = (runId: string, [from, words]: [number, string[]]) =>
  recordRun(
    pool,
    flushOf(
      runId,
      words.map((word, index) => event(from + index, word)),
    ),
  );

/** Follows a run the way the relay does: a raised epoch sends it back before it reads on. */
function createReader(runId: string) {
  const log: Log = new Map();
  let cursor = 0;
  let epoch = 0;
  const read = async (): Promise<void> => {
    const page = await readEvents(pool, runId, cursor, 3);
    if (!page) throw new Error('The run is gone');
    if (page.epoch !== epoch) {
      const rewind = await rewoundTo(pool, runId, epoch);
      if (!rewind) throw new Error('A raised epoch has no rows');
      for (const seq of [...log.keys()].filter((seq) => seq > rewind.toSeq)) log.delete(seq);
      cursor = Math.min(cursor, rewind.toSeq);
      epoch = rewind.epoch;
      return read();
    }
    for (const { seq, data } of page.events) {
      expect(seq).toBeGreaterThan(cursor);
      log.set(seq, (data as { reason: string }).reason);
      cursor = seq;
    }
    if (page.events.length > 0) return read();
  };
  return { read, log };
}

const sorted = (log: Log) => [...log].sort(([a], [b]) => a - b);

describe('recordRun under repeated, late and differing flushes', () => {
  it('keeps the log by the rule, and gives every reader the same events', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ steps, last }) => {
        const runId = await newRun(pool);
        const model: Log = new Map();
        const readers = [createReader(runId), createReader(runId)];
        for (const step of steps) {
          if ('read' in step) await readers[step.read]?.read();
          else {
            apply(model, step.flush);
            await record(runId, step.flush);
          }
        }
        for (let from = 1; from <= length; from += 3) {
          const flush: [number, string[]] = [from, last.slice(from - 1, from + 2)];
          apply(model, flush);
          await record(runId, flush);
        }
        const newcomer = createReader(runId);
        for (const reader of [...readers, newcomer]) {
          await reader.read();
          expect(sorted(reader.log)).toEqual(sorted(model));
        }
        expect([...newcomer.log.values()]).toEqual(last);
        const { rows } = await pool.query('SELECT view, "lastSeq" FROM "Run" WHERE id = $1', [
          runId,
        ]);
        expect(rows[0]).toMatchObject({ lastSeq: length, view: { lastSeq: length } });
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('ends with one consistent log after two concurrent flushes', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async (both) => {
        const runId = await newRun(pool);
        const tellAll = async (words: string[]) => {
          for (let from = 1; from <= length; from += 2) {
            await record(runId, [from, words.slice(from - 1, from + 1)]);
          }
        };
        await Promise.all(both.map(tellAll));
        await tellAll(both[1] ?? []);
        const reader = createReader(runId);
        await reader.read();
        expect([...reader.log.values()]).toEqual(both[1]);
      }),
      { numRuns: 20, seed: 2 },
    );
  });
});
