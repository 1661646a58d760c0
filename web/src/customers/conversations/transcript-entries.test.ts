import type { ConversationEvent } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { type Entry, transcriptEntries } from './transcript-entries.js';

/** Events a minute apart, from noon on. */
function events(...of: object[]): ConversationEvent[] {
  return of.map((event, index) => ({
    ...{ seq: index + 1, at: new Date(2026, 0, 5, 12, index).toISOString() },
    ...event,
  })) as ConversationEvent[];
}
const said = (role: string, text: string) => ({ type: 'message', id: text, role, text });
const waits = { type: 'waiting', expect: 'any' };

const brief = (entry: Entry) => {
  if (entry.kind !== 'message') return entry.kind;
  return `${entry.isSame ? '…' : entry.event.role}: ${entry.event.text}`;
};

describe('a transcript', () => {
  it('says who spoke once for what they say in a row', () => {
    const entries = transcriptEntries(
      events(said('flow', 'Hi'), said('flow', 'How are you?'), said('visitor', 'Fine')),
    );
    expect(entries.map(brief)).toEqual(['day', 'flow: Hi', '…: How are you?', 'visitor: Fine']);
  });

  it('says that the flow waits only while it does', () => {
    const asked = [said('flow', 'Name?'), waits];
    expect(transcriptEntries(events(...asked)).map(brief)).toEqual([
      'day',
      'flow: Name?',
      'waiting',
    ]);
    const replied = transcriptEntries(events(...asked, said('visitor', 'Ada'), said('flow', 'Hi')));
    expect(replied.map(brief)).toEqual(['day', 'flow: Name?', 'visitor: Ada', 'flow: Hi']);
  });

  it('has the end and a new beginning inside, and each day at its head', () => {
    const [first, end, ...rest] = events(
      said('flow', 'Bye'),
      { type: 'finished' },
      { ...said('visitor', 'Again'), at: new Date(2026, 0, 6, 9).toISOString() },
    );
    const entries = transcriptEntries([first!, end!, ...rest]);
    expect(entries.map(brief)).toEqual(['day', 'flow: Bye', 'finished', 'day', 'visitor: Again']);
  });

  it('shows what the team did when it did it, and still what the flow waits for', () => {
    const at = (minute: number) => new Date(2026, 0, 5, 12, minute, 30).toISOString();
    const by = { id: 'ana', name: 'Ana' };
    const team = [
      { id: 'n', at: at(0), type: 'note', by, text: 'Hm' },
      { id: 'a', at: at(3), type: 'closed', by },
    ] as const;
    const entries = transcriptEntries(events(said('flow', 'Name?'), said('flow', 'Go on'), waits), [
      ...team,
    ]);
    expect(entries.map(brief)).toEqual([
      ...['day', 'flow: Name?', 'note', 'flow: Go on', 'waiting', 'act'],
    ]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });
});
