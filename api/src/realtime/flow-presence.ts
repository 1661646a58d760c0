import { randomUUID } from 'node:crypto';
import type { FlowPerson } from '@crmflow/contracts';
import type { FlowPeople } from '@crmflow/db';

/** How often a process repeats who is there, and after which silence it is taken for gone. */
const repeatMs = 15_000;
const silenceMs = 40_000;
/** People of one flow that one process names: more do not fit into a message of the bus. */
const mostNamed = 20;
const longestName = 40;

/** Who has which flow open, over all processes. Best effort: nothing depends on it. */
export type FlowPresence = {
  /** Somebody opens a flow. @param key of the socket @returns the person that the socket is there */
  enter(key: string, workflowId: string, user: { userId: string; name: string }): FlowPerson;
  /** Says whether somebody is changing the flow that they have open. */
  edit(key: string, workflowId: string, isEditing: boolean): void;
  /** Somebody closes a flow, or all of them. */
  leave(key: string, workflowId?: string): void;
  people(workflowId: string): FlowPerson[];
  /** Hears from a process, also from this one. */
  hear(message: FlowPeople): void;
  /** Says again who is here, and forgets processes that say nothing any more: by itself, too. */
  repeat(): void;
  close(): void;
};

/**
 * @param tell tells all processes, this one included
 * @param onChange the people of a flow are others than before
 */
export function createFlowPresence({
  tell,
  onChange,
  now = Date.now,
}: {
  tell: (message: FlowPeople) => void;
  onChange: (workflowId: string, people: FlowPerson[]) => void;
  now?: () => number;
}): FlowPresence {
  const origin = randomUUID();
  /** By socket, the flows that it has open here. */
  const here = new Map<string, Map<string, FlowPerson>>();
  /** By flow, what each process said last. */
  const heard = new Map<string, Map<string, { people: FlowPerson[]; at: number }>>();

  const localPeople = (workflowId: string) =>
    [...here.values()].flatMap((flows) => flows.get(workflowId) ?? []);
  const localFlows = () => new Set([...here.values()].flatMap((flows) => [...flows.keys()]));
  const people = (workflowId: string) =>
    [...(heard.get(workflowId)?.values() ?? [])].flatMap((one) => one.people);
  const announce = (workflowId: string, isNew = false) =>
    tell({
      kind: 'flow-people',
      workflowId,
      origin,
      people: localPeople(workflowId).slice(0, mostNamed),
      ...(isNew && { isNew }),
    });

  const hear = ({ workflowId, origin: from, people: theirs, isNew }: FlowPeople) => {
    const known = heard.get(workflowId) ?? new Map<string, { people: FlowPerson[]; at: number }>();
    const before = JSON.stringify(known.get(from)?.people ?? []);
    if (theirs.length === 0) known.delete(from);
    else known.set(from, { people: theirs, at: now() });
    if (known.size === 0) heard.delete(workflowId);
    else heard.set(workflowId, known);
    // Who has just come does not know yet who was there before.
    if (isNew && from !== origin && localPeople(workflowId).length > 0) announce(workflowId);
    if (before !== JSON.stringify(theirs)) onChange(workflowId, people(workflowId));
  };

  const repeat = () => {
    for (const workflowId of localFlows()) announce(workflowId);
    for (const [workflowId, processes] of heard) {
      for (const [from, { at }] of processes) {
        if (now() - at > silenceMs) {
          hear({ kind: 'flow-people', workflowId, origin: from, people: [] });
        }
      }
    }
  };
  const timer = setInterval(repeat, repeatMs);
  timer.unref();

  return {
    enter(key, workflowId, { userId, name }) {
      const person = {
        id: randomUUID(),
        userId,
        name: name.slice(0, longestName),
        isEditing: false,
      };
      const flows = here.get(key) ?? new Map<string, FlowPerson>();
      flows.set(workflowId, person);
      here.set(key, flows);
      announce(workflowId, true);
      return person;
    },
    edit(key, workflowId, isEditing) {
      const flows = here.get(key);
      const person = flows?.get(workflowId);
      if (!flows || !person || person.isEditing === isEditing) return;
      flows.set(workflowId, { ...person, isEditing });
      announce(workflowId);
    },
    leave(key, workflowId) {
      const flows = here.get(key);
      if (!flows) return;
      const left = workflowId === undefined ? [...flows.keys()] : [workflowId];
      for (const one of left) if (flows.delete(one)) announce(one);
      if (flows.size === 0) here.delete(key);
    },
    people,
    hear,
    repeat,
    close: () => clearInterval(timer),
  };
}
