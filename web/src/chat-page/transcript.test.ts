import type { ConversationEvent } from '@crmflow/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTranscript, type Frame, isAhead, reduce } from './transcript.js';

const at = '2026-11-23T00:00:00.000Z';
const event = (seq: number, rest: object): Frame => ({
  kind: 'event',
  event: { seq, at, ...rest } as ConversationEvent,
});
const said = (seq: number, role: string, text: string, id = `m${seq}`) =>
  event(seq, { type: 'message', id, role, text });
const chunk = (offset: number, text: string, id = 'a'): Frame => ({
  kind: 'chunk',
  chunk: { id, offset, text },
});
const waits = (seq: number) =>
  event(seq, { type: 'waiting', expect: 'choice', choices: [{ value: 'x', label: 'X' }] });
const after = (...frames: Frame[]) => frames.reduce(reduce, emptyTranscript);
const partialAfter = (...frames: Frame[]) => after(...frames).partial?.text;

describe('the events of a conversation', () => {
  const story = [said(1, 'flow', 'Hello'), waits(2), said(3, 'visitor', 'X'), said(4, 'flow', 'Y')];

  it('count once and in their order, however they come', () => {
    const shuffled = fc.array(fc.constantFrom(...story), { maxLength: 30 });
    fc.assert(
      fc.property(shuffled, (frames) => {
        const { lines, lastSeq } = after(...frames);
        expect(lines.map(({ seq }) => seq)).toEqual([1, 3, 4].filter((seq) => seq <= lastSeq));
      }),
    );
    expect(isAhead(after(...story), { seq: 6 })).toBe(true);
    expect(isAhead(after(...story), { seq: 5 })).toBe(false);
  });

  it('say what is waited for until there is a reply', () => {
    expect(after(...story.slice(0, 2)).waiting).toMatchObject({ expect: 'choice' });
    expect(after(...story.slice(0, 2), said(3, 'operator', 'I help')).waiting).toBeDefined();
    expect(after(...story.slice(0, 3)).waiting).toBeUndefined();
  });

  it('say who answers', () => {
    const taken = event(1, { type: 'control', by: 'operator', name: 'Anna' });
    expect(after(taken).control).toBe('operator');
    const given = event(2, { type: 'control', by: 'flow' });
    expect(after(taken, given)).toMatchObject({ control: 'flow', lines: [{}, {}] });
    expect(after(event(1, { type: 'control', by: 'flow' })).lines).toEqual([]);
  });

  it('end, and begin again with a message', () => {
    const ended = [...story, event(5, { type: 'finished' })];
    expect(after(...ended).isFinished).toBe(true);
    expect(after(...ended, said(6, 'visitor', 'One more')).isFinished).toBe(false);
  });
});

describe('an answer while it is written', () => {
  it('is left unsaid once a person answers', () => {
    const taken = event(1, { type: 'control', by: 'operator', name: 'Anna' });
    expect(partialAfter(chunk(0, 'He'), taken, chunk(2, 'llo'), chunk(0, 'Hello'))).toBeUndefined();
  });

  it('grows by its chunks, and gives way to the message', () => {
    expect(partialAfter(chunk(0, 'He'), chunk(2, 'llo'))).toBe('Hello');
    expect(after(chunk(0, 'He'), said(1, 'flow', 'Hello', 'a'))).not.toHaveProperty('partial');
    expect(partialAfter(said(1, 'flow', 'Hello', 'a'), chunk(2, 'llo'))).toBeUndefined();
  });

  it('takes what overlaps once', () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(5)), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (cuts) => {
        const repeats = cuts.map(([from, to]) => chunk(from, 'Hello'.slice(from, to)));
        expect(partialAfter(chunk(0, 'Hello'), ...repeats)).toBe('Hello');
      }),
    );
  });

  it('begins anew with the first chunk of another attempt', () => {
    expect(partialAfter(chunk(0, 'Well'), chunk(0, 'No'))).toBe('No');
    expect(partialAfter(chunk(0, 'Well'), chunk(0, 'No', 'b'), chunk(2, 'w', 'b'))).toBe('Now');
  });

  it('is over once the flow waits or has ended', () => {
    expect(partialAfter(said(1, 'flow', 'Hello', 'a'), waits(2), chunk(0, 'He', 'b'))).toBe(
      undefined,
    );
    expect(partialAfter(event(1, { type: 'finished' }), chunk(0, 'He'))).toBe(undefined);
  });

  it('stops where a chunk was missed', () => {
    expect(partialAfter(chunk(0, 'He'), chunk(4, 'o'), chunk(5, '!'))).toBe('He');
    expect(partialAfter(chunk(4, 'o'))).toBe('');
  });
});

describe('the place in the queue', () => {
  const place = (at: number | null): Frame => ({ kind: 'queue', place: at });

  it('is the last that was told, until the visitor waits no longer', () => {
    expect(after(said(1, 'visitor', 'Hi'), place(3), place(2)).place).toBe(2);
    expect(after(place(2), said(1, 'visitor', 'Hello?')).place).toBe(2);
    expect(after(place(2), place(null)).place).toBeNull();
  });
});
