import { GracefulShutdownPeriodExpiredError } from '@temporalio/worker';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { runWorker, temporalLogger } from './temporal.js';

/** A worker that does not end all its work in time, as the SDK tells it. */
const cutShort = new GracefulShutdownPeriodExpiredError('Timed out');
const workerWith = (error: Error) => ({
  async runUntil<R>(asked: Promise<R> | (() => Promise<R>)): Promise<R> {
    await (typeof asked === 'function' ? asked() : asked);
    throw error;
  },
});

function listeningLogger() {
  const lines: { level: number; msg: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]);
  return { logger: pino({ level: 'info' }, { write }), lines };
}

it('stops without an error when work is left that another worker repeats', async () => {
  const { logger, lines } = listeningLogger();
  temporalLogger(logger).error('Worker failed', { error: cutShort });
  await runWorker(workerWith(cutShort), AbortSignal.abort(), logger);
  expect(lines.map(({ level }) => level)).toEqual([30, 30]);
});

it('throws what it failed of by itself', async () => {
  const { logger } = listeningLogger();
  const failing = { runUntil: () => Promise.reject(new Error('broken')) };
  await expect(runWorker(failing, new AbortController().signal, logger)).rejects.toThrow('broken');
});

it('tells other failures of Temporal as errors', () => {
  const { logger, lines } = listeningLogger();
  temporalLogger(logger).error('Worker failed', { error: new Error('broken') });
  expect(lines).toMatchObject([{ level: 50, msg: 'Worker failed' }]);
});
