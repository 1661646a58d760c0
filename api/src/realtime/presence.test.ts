import type { FlowPerson } from '@crmflow/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPresence, type Said } from './presence.js';

const ada = { userId: 'ada', name: 'Ada', isEditing: false };
const ben = { userId: 'ben', name: 'Ben', isEditing: false };
let clock: number;
let processes: Process[];

/** A process on a bus that carries messages at once, to all that listen. */
type Process = ReturnType<typeof createPresence<FlowPerson>> & { told: string[]; isDeaf: boolean };

function start(): Process {
  const told: string[] = [];
  const presence = createPresence<FlowPerson>({
    now: () => clock,
    tell(message) {
      for (const one of processes) if (!one.isDeaf) one.hear(structuredClone(message));
    },
    onChange: (flow, people) => told.push(`${flow}: ${people.map(words).join(', ')}`),
  });
  const process = { ...presence, told, isDeaf: false };
  processes.push(process);
  return process;
}

const words = ({ name, isEditing }: FlowPerson) => (isEditing ? `${name} edits` : name);
const seenBy = (process: Process) => process.people('f').map(words).sort();

beforeEach(() => {
  clock = 0;
  processes = [];
});
afterEach(() => processes.forEach((one) => one.close()));

it('shows everybody in every process, and those who were there before', () => {
  const [one, two] = [start(), start()];
  one.enter('s1', 'f', ada);
  const late = start();
  expect(seenBy(late)).toEqual([]);
  two.enter('s2', 'f', ben);
  expect([seenBy(one), seenBy(two), seenBy(late)]).toEqual(Array(3).fill(['Ada', 'Ben']));
  expect(one.told).toEqual(['f: Ada', 'f: Ada, Ben']);
  expect(one.people('another')).toEqual([]);
});

it('tells who edits, once', () => {
  const [one, two] = [start(), start()];
  one.enter('s1', 'f', ada);
  one.change('s1', 'f', { isEditing: true });
  one.change('s1', 'f', { isEditing: true });
  one.change('s2', 'f', { isEditing: true });
  expect(two.told).toEqual(['f: Ada', 'f: Ada edits']);
});

it('tells who goes: from one flow, or with the connection from all', () => {
  const one = start();
  one.enter('s1', 'f', ada);
  one.enter('s1', 'g', ada);
  one.enter('s2', 'f', ben);
  one.leave('s1', 'f');
  expect([seenBy(one), one.people('g').map(words)]).toEqual([['Ben'], ['Ada']]);
  one.leave('s1');
  one.leave('s2');
  expect([one.people('f'), one.people('g')]).toEqual([[], []]);
});

it('forgets a process that no longer says anything', () => {
  const [one, two] = [start(), start()];
  one.enter('s1', 'f', ada);
  two.enter('s2', 'f', ben);
  one.isDeaf = true;
  processes = processes.filter((process) => process !== one);
  clock += 30_000;
  two.repeat();
  expect(seenBy(two)).toEqual(['Ada', 'Ben']);
  clock += 15_000;
  two.repeat();
  expect(seenBy(two)).toEqual(['Ben']);
  one.close();
});

it('has names that fit into a message of the bus, for as many as it names', () => {
  const messages: Said<FlowPerson>[] = [];
  const presence = createPresence<FlowPerson>({
    tell: (said) => messages.push(said),
    onChange: () => {},
  });
  const user = { userId: 'x'.repeat(36), name: '\u0001'.repeat(300), isEditing: false };
  for (let socket = 0; socket < 60; socket += 1) presence.enter(String(socket), 'f', user);
  const last = messages.at(-1);
  expect(Buffer.byteLength(JSON.stringify(last))).toBeLessThan(7_900);
  presence.close();
});
