import { randomUUID } from 'node:crypto';

/** How often a process repeats who is there, and after which silence it is taken for gone. */
const repeatMs = 15_000;
const silenceMs = 40_000;
/** People at one place that one process names: more do not fit into a message of the bus. */
const mostNamed = 20;
const longestName = 40;

/** Somebody at a place, in one tab. */
type Person = { id: string; userId: string; name: string };

/** What a process says of who is at a place. `isNew`: others are to say whom they have, too. */
export type Said<P> = { place: string; origin: string; people: P[]; isNew?: boolean };

/** Who is at which place, such as an open flow, over all processes. Best effort: nothing depends on it. */
export type Presence<P> = {
  /** Somebody comes to a place. @param key of the socket @returns the person that the socket is there */
  enter(key: string, place: string, user: Omit<P, 'id'>): P;
  /** Changes what somebody does at a place where they are. */
  change(key: string, place: string, fields: Partial<Omit<P, keyof Person>>): void;
  /** Somebody leaves a place, or all of them. */
  leave(key: string, place?: string): void;
  people(place: string): P[];
  /** Hears from a process, also from this one. */
  hear(said: Said<P>): void;
  /** Announces who is here again, and forgets processes that have gone silent. A timer does it too. */
  repeat(): void;
  close(): void;
};

/**
 * @param tell tells all processes, this one included
 * @param onChange the people at a place are others than before
 */
export function createPresence<P extends Person>({
  tell,
  onChange,
  now = Date.now,
}: {
  tell: (said: Said<P>) => void;
  onChange: (place: string, people: P[]) => void;
  now?: () => number;
}): Presence<P> {
  const origin = randomUUID();
  /** By socket, the places where it is here. */
  const here = new Map<string, Map<string, P>>();
  /** By place, what each process said last. */
  const heard = new Map<string, Map<string, { people: P[]; at: number }>>();

  const localPeople = (place: string) =>
    [...here.values()].flatMap((places) => places.get(place) ?? []);
  const localPlaces = () => new Set([...here.values()].flatMap((places) => [...places.keys()]));
  const people = (place: string) =>
    [...(heard.get(place)?.values() ?? [])].flatMap((one) => one.people);
  const announce = (place: string, isNew = false) =>
    tell({
      place,
      origin,
      people: localPeople(place).slice(0, mostNamed),
      ...(isNew && { isNew }),
    });

  const hear = ({ place, origin: from, people: theirs, isNew }: Said<P>) => {
    const known = heard.get(place) ?? new Map<string, { people: P[]; at: number }>();
    const before = JSON.stringify(known.get(from)?.people ?? []);
    if (theirs.length === 0) known.delete(from);
    else known.set(from, { people: theirs, at: now() });
    if (known.size === 0) heard.delete(place);
    else heard.set(place, known);
    // Who has just come does not know yet who was there before.
    if (isNew && from !== origin && localPeople(place).length > 0) announce(place);
    if (before !== JSON.stringify(theirs)) onChange(place, people(place));
  };

  const repeat = () => {
    for (const place of localPlaces()) announce(place);
    for (const [place, processes] of heard) {
      for (const [from, { at }] of processes) {
        if (now() - at > silenceMs) hear({ place, origin: from, people: [] });
      }
    }
  };
  const timer = setInterval(repeat, repeatMs);
  timer.unref();

  return {
    enter(key, place, user) {
      const person = {
        ...user,
        id: randomUUID(),
        name: user.name.slice(0, longestName),
      } as unknown as P;
      const places = here.get(key) ?? new Map<string, P>();
      places.set(place, person);
      here.set(key, places);
      announce(place, true);
      return person;
    },
    change(key, place, fields) {
      const places = here.get(key);
      const person = places?.get(place);
      if (!places || !person) return;
      const changed = { ...person, ...fields };
      if (JSON.stringify(changed) === JSON.stringify(person)) return;
      places.set(place, changed);
      announce(place);
    },
    leave(key, place) {
      const places = here.get(key);
      if (!places) return;
      const left = place === undefined ? [...places.keys()] : [place];
      for (const one of left) if (places.delete(one)) announce(one);
      if (places.size === 0) here.delete(key);
    },
    people,
    hear,
    repeat,
    close: () => clearInterval(timer),
  };
}
