import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, ask, node, row, say } from '../../../tests/support/flows.js';
import { arbitraryFlow } from '../../test/arbitrary-flow.js';
import { arbitraryVisit, arbitraryWay, oneByOne } from '../../test/arbitrary-visit.js';
import { simulate, type Task } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import { accept, begin, loadProgram, viewOf } from './index.js';
import type { Migration, RunState } from './state.js';

const run = { runId: 'run-1', workflowId: 'flow-1', input: {}, startedAt: 0 };

function versions(before: Draft, after: Draft) {
  const [first, second] = [before, after].map((draft, i) =>
    compileRun({ schemaVersion: 1, ...draft }, { ...run, version: i + 1 }),
  );
  if (!first || !second) throw new Error('two versions');
  const { version, graph, variables } = second;
  const migration = (at: number): Migration => ({
    ...{ kind: 'migrate', id: 'x', at, target: { version, graph, variables } },
  });
  return { program: loadProgram(first), state: begin(first), migration };
}

const twoWeeks = ask('name', { timeout: 'P2W' });
const waits = row([twoWeeks, say('b', 'Old {{ vars.name }}')]);

describe('a waiting run that is moved to another version', () => {
  it('keeps its deadline, expects what that version does, and goes on by it', () => {
    const choices = [{ value: 'yes', label: 'Yes' }];
    const after: Draft = {
      ...row([
        ask('name', { expect: 'choice', choices }),
        say('b', 'New {{ vars.name }} {{ vars.x }}'),
      ]),
      variables: [{ name: 'x', default: 7 }],
    };
    const { program, state, migration } = versions(waits, after);
    const moved = simulate(program, state, [{ now: 5, arrivals: [migration(5)] }]);
    expect(moved.events.slice(-3)).toMatchObject([
      {
        type: 'run.started',
        data: {
          ...{ version: 2, activeNode: 'name' },
          resumed: { by: 'migrate', nodeId: 'name', fromVersion: 1 },
        },
      },
      { type: 'variable.set', data: { name: 'x', value: 7 } },
      { type: 'waiting', visit: 1, data: { expect: 'choice', choices } },
    ]);
    const deadline = new Date(14 * 86_400_000).toISOString();
    expect(viewOf(moved.program, moved.state).waiting).toMatchObject({
      expect: 'choice',
      deadline,
    });
    const reply = { kind: 'message', messageId: 'm', text: 'yes', at: 9 } as const;
    const { events } = simulate(moved.program, moved.state, [{ now: 9, arrivals: [reply] }]);
    expect(events.some(({ data }) => 'text' in data && data.text === 'New yes 7')).toBe(true);
  });

  it('stays where the node is gone, or is another one, and goes on as if nothing had been', () => {
    const gone = row([say('b', 'New')]);
    const other = row([say('name', 'New')]);
    for (const after of [gone, other]) {
      const { program, state, migration } = versions(waits, after);
      const before = simulate(program, state, []);
      const { verdict, events, ...rest } = accept(program, before.state, migration(5));
      expect(verdict).toMatchObject({ ok: false, code: 'node_missing' });
      expect([events, rest]).toEqual([[], { program, state: before.state, callbacks: [] }]);
    }
  });

  it('moves while it sleeps, to another wait only', () => {
    const nap = (data: object) => row([node('nap', 'logic', data), say('b', 'B')]);
    const wait = nap({ kind: 'wait', duration: 'PT1H' });
    const moves = versions(wait, nap({ kind: 'wait', duration: 'PT2H' }));
    const moved = simulate(moves.program, moves.state, [
      { now: 5, arrivals: [moves.migration(5)] },
      { now: 3_600_000, arrivals: [] },
    ]);
    expect(moved.program.version).toBe(2);
    expect(moved.state.position).toMatchObject({ kind: 'ended', status: 'completed' });
    const stays = versions(wait, nap({ kind: 'set', assign: [] }));
    const stayed = simulate(stays.program, stays.state, [
      { now: 5, arrivals: [stays.migration(5)] },
    ]);
    expect(stayed.program.version).toBe(1);
  });

  it('moves once, however often it is asked to', () => {
    const { program, state, migration } = versions(waits, waits);
    const once = simulate(program, state, [{ now: 5, arrivals: [migration(5)] }]);
    const again = accept(once.program, once.state, migration(6));
    expect([again.verdict, again.events]).toEqual([{ ok: true }, []]);
  });

  it('refuses what would be too much to know', () => {
    const text = 'x'.repeat(60_000);
    const named = (...names: string[]) => names.map((name) => ({ name, default: text }));
    const { program, state, migration } = versions(
      { ...waits, variables: named('a', 'b', 'c') },
      { ...waits, variables: named('d', 'e', 'f') },
    );
    const before = simulate(program, state, []);
    expect(accept(program, before.state, migration(5)).verdict).toMatchObject({
      code: 'variables_too_large',
    });
  });
});

it('a migration amid any visit tells one story, however inputs are batched', () => {
  fc.assert(
    fc.property(arbitraryFlow, arbitraryWay, arbitraryVisit, fc.nat(), (flow, way, brought, at) => {
      const { mode, burst } = way;
      const input = compileRun(flow, {
        ...{ ...run, version: 1 },
        ...(mode && { mode }),
        ...(burst && { burst }),
      });
      const { graph, variables } = input;
      const program = loadProgram(input);
      const calm = brought.filter(({ what }) => what.kind !== 'call ended');
      const moments = oneByOne(calm, 0);
      const where = at % (moments.length + 1);
      const withMigration = moments.map((moment, i) => (state: RunState): Task => {
        const task = typeof moment === 'function' ? moment(state) : moment;
        if (i !== where) return task;
        const target = { version: 2, graph, variables };
        const migration: Migration = { kind: 'migrate', id: 'x', at: task.now, target };
        return { ...task, arrivals: [...task.arrivals, migration] };
      });
      const single = simulate(program, begin(input), withMigration);
      const all = single.tasks.flatMap(({ arrivals }) => arrivals);
      const last = single.tasks.at(-1);
      if (!last) return;
      const batch = simulate(program, begin(input), [{ now: last.now, arrivals: all }]);
      expect(batch.events).toEqual(single.events);
    }),
    { numRuns: 60 },
  );
}, 120_000);
