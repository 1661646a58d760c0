import { type Flow, flowSchema } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { type Standing, whyStays } from './why-stays.js';

const at = { x: 0, y: 0 };
const node = (id: string, type: string, data: object) => ({
  id,
  type,
  label: id,
  position: at,
  data,
});
const flowOf = (...nodes: object[]): Flow =>
  flowSchema.parse({
    ...{ schemaVersion: 1, name: 'Flow', edges: [] },
    nodes: [node('start', 'trigger', {}), ...nodes],
  });

const listen = node('it', 'listen', { variable: 'it' });
const callback = node('it', 'listen', { variable: 'it', expect: 'callback' });
const sleep = node('it', 'logic', { kind: 'wait', duration: 'P1D' });
const person = node('it', 'integration', { kind: 'handoff', message: 'One moment.' });
const talk = node('it', 'ai', { prompt: 'Help', converse: { goal: 'Help', maxTurns: 3 } });
const say = node('it', 'speak', { text: 'Hello' });
const all = { listen, callback, sleep, person, talk, say };

const standing = (more: Partial<Standing> = {}): Standing => ({
  ...{ nodeId: 'it', state: 'waiting', expect: 'any', isHeld: false },
  ...more,
});
const waits: [keyof typeof all, Standing][] = [
  ['listen', standing()],
  ['callback', standing({ expect: 'callback' })],
  ['sleep', standing({ state: 'sleeping', expect: null })],
  ['person', standing({ expect: null })],
  ['talk', standing()],
];

describe('a run that waits', () => {
  it.each(waits)('can move where there is a %s that waits alike', (name, one) => {
    const told = Object.entries(all).map(([to, after]) => [
      to,
      whyStays(flowOf(all[name]), flowOf(after), one) ?? 'moves',
    ]);
    expect(Object.fromEntries(told)).toEqual({
      ...Object.fromEntries(Object.keys(all).map((to) => [to, 'waits_otherwise'])),
      [name]: 'moves',
    });
  });

  it('stays where its node is gone', () => {
    expect(whyStays(flowOf(listen), flowOf(), standing())).toBe('node_missing');
  });

  it('can move where it is paused before a node that is still there', () => {
    const paused = standing({ state: 'paused', expect: null });
    expect(whyStays(flowOf(listen), flowOf(say), paused)).toBeUndefined();
    expect(whyStays(flowOf(listen), flowOf(), paused)).toBe('node_missing');
  });

  it('stays while it calls something, and while a person has it', () => {
    const same = flowOf(listen);
    expect(whyStays(same, same, standing({ state: 'active', expect: null }))).toBe('busy');
    expect(whyStays(same, same, standing({ isHeld: true }))).toBe('held');
  });
});
