import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { register } from '../support/client.js';
import type { Client } from '../support/client.js';
import { type Conversation, converse } from '../support/conversation.js';
import { ask, edge, flowOf, node, say } from '../support/flows.js';
import { type OwnSystem, startSystem } from '../support/system.js';
import { temporalOf } from '../support/temporal-of.js';
import { until } from '../support/until.js';

/** How many replies are under way at once: more than are asked for, so that some are queued. */
const ahead = 4;
/** At most so many turns are one execution: each is two events or more, of 2,000. */
const turnsOfHistory = 1_000;
const measured = ['api', 'worker'] as const;

/** A flow that echoes so many replies with their number. */
const countTo = (turns: number) =>
  flowOf(
    [
      ask('ask'),
      node('count', 'logic', { kind: 'set', assign: [{ name: 'n', value: '{{ vars.n + 1 }}' }] }),
      say('echo', '{{ vars.n }}: {{ vars.ask }}'),
      node('more', 'logic', {
        kind: 'branch',
        cases: [{ handle: 'yes', when: `vars.n < ${turns}` }],
      }),
      say('bye', 'Bye.'),
    ],
    [
      edge('start', 'out', 'ask'),
      edge('ask', 'out', 'count'),
      edge('count', 'out', 'echo'),
      edge('echo', 'out', 'more'),
      edge('more', 'yes', 'ask'),
      edge('more', 'else', 'bye'),
    ],
    { variables: [{ name: 'n', default: 0 }] },
  );

/** Resident memory of a process in MB. */
function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/**
 * One conversation of so many turns, on an installation of its own.
 * @param turns a multiple of 16, so that memory is measured four times at a last reply
 */
export function testLongRun(turns: number): void {
  describe(`a conversation of ${turns} turns`, () => {
    let system: OwnSystem;
    let client: Client;
    let conversation: Conversation;
    let finished: Conversation['told'][number]['payload'];
    let duplicate: { duplicate: boolean };
    let executions: string[];
    const memory: Record<(typeof measured)[number], number>[] = [];

    const measure = () =>
      memory.push({
        api: residentMb(system.pidOf('api')),
        worker: residentMb(system.pidOf('worker')),
      });

    const reply = (turn: number) => conversation.say(`r${turn}`, `m-${turn}`);

    /** The API cannot know a message that came by a signal of its own: here the run has to. */
    async function repeatBehindTheApi(turn: number): Promise<void> {
      const temporal = await temporalOf(system);
      const message = { messageId: `m-${turn}`, text: 'a repeat', at: Date.now() };
      await temporal.workflow.getHandle(conversation.runId).signal('message', message);
      await temporal.connection.close();
    }

    async function executionsOf(runId: string): Promise<string[]> {
      const temporal = await temporalOf(system);
      const found: string[] = [];
      for await (const { status } of temporal.workflow.list({ query: `WorkflowId = "${runId}"` })) {
        found.push(status.name);
      }
      await temporal.connection.close();
      return found;
    }

    beforeAll(async () => {
      system = await startSystem({ templateDir: inject('templateDir') });
      client = await register(system.url);
      const workflowId = await client.save(countTo(turns));
      conversation = await converse(client, { workflowId, version: 'draft' });
      const began = Date.now();
      for (let turn = 0; turn < turns; turn += ahead) {
        if (turn > 0) {
          const isDue = (payload: Record<string, unknown>) => Number(payload['visit']) > turn - 1;
          await conversation.see('system:waiting_for_input', isDue);
        }
        for (let i = 0; i < ahead; i += 1) await reply(turn + i);
        if ((turn + ahead) % (turns / 4) === 0) {
          measure();
          // After the last turn there is nobody to hear it.
          if (turn + ahead < turns) await repeatBehindTheApi(turn);
        }
      }
      finished = await conversation.finished();
      duplicate = await reply(0);
      // Temporal's list of executions lags behind.
      executions = await until('the last execution to be listed as ended', async () => {
        const listed = await executionsOf(conversation.runId);
        return !listed.includes('RUNNING') && listed;
      });
      process.stdout.write(
        `${Math.round((Date.now() - began) / 1000)} s, ${executions.length} executions; MB after each quarter: ${JSON.stringify(memory)}\n`,
      );
    }, 300_000);

    afterAll(async () => {
      client?.close();
      await system?.stop();
    });

    it('completes after every single turn, without a gap in its events', async () => {
      expect(finished).toMatchObject({ status: 'completed' });
      expect(conversation.faults).toEqual([]);
      const texts = conversation.told.flatMap(({ event, payload }) =>
        event === 'run:message' ? [payload['text']] : [],
      );
      const due = Array.from({ length: turns }, (_, i) => [`r${i}`, `${i + 1}: r${i}`]).flat();
      expect(texts).toEqual([...due, 'Bye.']);
      const log = await client.events(conversation.runId);
      expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
      expect(log).toHaveLength(conversation.told.length);
    });

    it('continues as new whenever its history is long', () => {
      const continued = executions.filter((status) => status === 'CONTINUED_AS_NEW');
      expect(continued.length).toBeGreaterThanOrEqual(Math.floor(turns / turnsOfHistory));
      expect(executions.filter((status) => status === 'COMPLETED')).toHaveLength(1);
    });

    it('recognizes a repeat of its first message', () => {
      expect(duplicate.duplicate).toBe(true);
    });

    it('shows the newest messages and the last values in its snapshot', async () => {
      const snapshot = await client.snapshot(conversation.runId);
      expect(snapshot).toMatchObject({
        status: 'completed',
        lastSeq: conversation.told.length,
        variables: { n: turns, ask: `r${turns - 1}` },
      });
      expect(snapshot.messages.at(-1)?.text).toBe('Bye.');
    });

    it.each(measured)('does not let the memory of the %s grow', (part) => {
      const [first = 0, ...later] = memory.map((sample) => sample[part]);
      expect(later).toHaveLength(3);
      expect(Math.max(...later)).toBeLessThan(first * 1.5 + 64);
    });
  });
}
