import { type FlowNodeInput, isFinal, type RunEvent } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryFlow } from '../../test/arbitrary-flow.js';
import { arbitraryVisit, type Brought, oneByOne } from '../../test/arbitrary-visit.js';
import { simulate } from '../../test/simulate.js';
import { compileRun } from '../compile-run.js';
import { accept, begin, dueAt, loadProgram, viewOf } from './index.js';
import type { Suspension } from './state.js';

const startedAt = Date.UTC(2026, 10, 30);
const ana = { userId: 'ana', name: 'Ana' };
const taken = { id: 'begin', by: ana, at: startedAt };

/** Flows that wait most of the time, at a node that leads to itself. */
const waiting = fc
  .constantFrom<Pick<FlowNodeInput, 'type' | 'data'>>(
    {
      type: 'listen',
      data: {
        ...{ variable: 'a', expect: 'number', retries: 20, retryText: 'A number?', timeout: 'P2W' },
        reminders: [
          { after: 'PT1M', text: 'Still there?' },
          { after: 'P1D', text: 'Hello?' },
        ],
      },
    },
    { type: 'logic', data: { kind: 'wait', duration: 'P2W' } },
    {
      type: 'ai',
      data: { prompt: 'Ask', converse: { goal: 'a name', maxTurns: 50, timeout: 'P2W' } },
    },
  )
  .map((part) => {
    const base = { label: 'Node', position: { x: 0, y: 0 } };
    const start = { ...base, id: 'n0', type: 'trigger', data: { kind: 'manual' } };
    const edge = { sourceHandle: 'out', target: 'n1' };
    return {
      ...{ schemaVersion: 1, name: 'any', variables: [] },
      nodes: [start, { ...base, ...part, id: 'n1' }],
      edges: [
        { id: 'e0', source: 'n0', ...edge },
        { id: 'e1', source: 'n1', ...edge },
      ],
    } as Flow;
  });

type Flow = Parameters<typeof compileRun>[0];

function play(flow: Flow, brought: readonly Brought[], isTaken: boolean) {
  const input = compileRun(flow, {
    ...{ runId: 'run-1', workflowId: 'flow-1', version: 'draft', input: {}, startedAt },
    ...(isTaken && { takenOver: taken }),
  });
  const program = loadProgram(input);
  return simulate(program, begin(input), oneByOne(brought, startedAt));
}

/** What a flow does by itself, and never while a person speaks. */
const ofFlow = (event: RunEvent): boolean => {
  if (event.type === 'message') return event.data.role === 'ai' || event.data.role === 'system';
  return ['node.activated', 'ai.started', 'variable.set', 'waiting', 'handoff.requested'].includes(
    event.type,
  );
};

type Stretch = { from: number; to: number; events: RunEvent[] };

/** The events in which a person speaks, stretch by stretch, and all others. */
function stretchesOf(events: readonly RunEvent[]) {
  const stretches: Stretch[] = [];
  const others: RunEvent[] = [];
  let open: Stretch | null = null;
  for (const event of events) {
    const isEnd = event.type === 'run.finished';
    if (event.type === 'control.changed') {
      if (event.data.by === 'operator' && !open) {
        open = { from: event.at, to: Infinity, events: [] };
        stretches.push(open);
      } else if (event.data.by === 'flow' && open) {
        open.to = event.at;
        open = null;
      }
    } else if (open && !isEnd) open.events.push(event);
    else others.push(event);
    if (isEnd && open) {
      // What came at this instant came before the end.
      open.to = event.at + 1;
      open = null;
    }
  }
  return { stretches, others };
}

const messagesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'message' ? [event.data] : []));

describe('a conversation of a flow, its visitor and the team', () => {
  it('has one speaker at a time', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryVisit, fc.boolean(), (flow, brought, isTaken) => {
        const { program, state, events } = play(flow, brought, isTaken);
        const { stretches, others } = stretchesOf(events);
        for (const { events: during } of stretches) expect(during.filter(ofFlow)).toEqual([]);
        expect(messagesOf(others).filter(({ role }) => role === 'operator')).toEqual([]);
        const isOpen = stretches.at(-1)?.to === Infinity;
        expect(state.held !== undefined).toBe(isOpen);
        expect(viewOf(program, state).heldBy !== undefined).toBe(isOpen);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  it('loses nothing and says nothing twice', () => {
    fc.assert(
      fc.property(arbitraryFlow, arbitraryVisit, fc.boolean(), (flow, brought, isTaken) => {
        const { program, state, events } = play(flow, brought, isTaken);
        const { stretches } = stretchesOf(events);
        const told = messagesOf(events).map(({ id }) => id);
        expect(new Set(told).size).toBe(told.length);
        let at = startedAt;
        const sent = brought.map(({ afterMs, what }, i) => {
          at += afterMs;
          return { id: `m${i}`, at, kind: what.kind };
        });
        const during = (one: { at: number }) =>
          stretches.some(({ from, to }) => from <= one.at && one.at < to);
        const says = sent.filter(({ kind }) => kind === 'say');
        expect(says.filter(({ id }) => told.includes(id))).toEqual(says.filter(during));
        if (isFinal(viewOf(program, state).status)) return;
        const waits = state.inbox.flatMap((one) => (one.kind === 'message' ? [one.messageId] : []));
        const heard = new Set([...told, ...waits]);
        const messages = sent.filter(({ kind }) => kind === 'message');
        expect(messages.filter(({ id }) => !heard.has(id))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  it('moves what is due by the length of the stretch', () => {
    let seen = 0;
    fc.assert(
      fc.property(
        waiting,
        arbitraryVisit,
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.constantFrom('reask', 'answer'),
        (flow, brought, ms, how) => {
          const { program, state } = play(flow, brought, false);
          const { position, held } = state;
          if (held || (position.kind !== 'reply' && position.kind !== 'sleep')) return;
          const at = Math.max(state.clock, state.controlAt ?? 0) + 1;
          const taken = accept(program, state, { kind: 'takeOver', id: 'a', by: ana, at });
          expect(taken.state.position).toEqual(position);
          const back = { kind: 'handBack', id: 'b', by: ana, at: at + ms, how } as const;
          const after = accept(program, taken.state, back).state.position;
          // A model that converses is asked at once.
          if (after.kind === 'call') return;
          seen += 1;
          expect(after.kind).toBe(position.kind);
          expect(dueAt(after as Suspension)).toBe((dueAt(position) ?? NaN) + ms);
        },
      ),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(30);
  }, 120_000);
});
