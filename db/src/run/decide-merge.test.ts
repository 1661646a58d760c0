import { describe, expect, it } from 'vitest';
import { decideMerge } from './decide-merge.js';

const log = { lastSeq: 5, finished: false, diverges: null, lacks: null };

describe('decideMerge', () => {
  it('changes nothing for rows that are all there while the log went on', () => {
    expect(decideMerge(log, { lastSeq: 3, finished: false })).toEqual({
      dropFrom: null,
      insert: false,
      rewinds: false,
      newest: false,
    });
  });

  it('continues after an overlap without rewinding readers', () => {
    expect(decideMerge({ ...log, lacks: 6 }, { lastSeq: 7, finished: false })).toEqual({
      dropFrom: null,
      insert: true,
      rewinds: false,
      newest: true,
    });
  });

  it('drops from where the stories part, and takes the newer one for the state', () => {
    expect(decideMerge({ ...log, diverges: 2 }, { lastSeq: 3, finished: false })).toEqual({
      dropFrom: 2,
      insert: true,
      rewinds: true,
      newest: true,
    });
  });

  it('sends readers back over a gap that is filled late, and leaves the state', () => {
    expect(decideMerge({ ...log, lacks: 2 }, { lastSeq: 3, finished: false })).toEqual({
      dropFrom: null,
      insert: true,
      rewinds: true,
      newest: false,
    });
  });

  it('reopens a finished run for new events, not for repeated ones', () => {
    const finished = { ...log, finished: true };
    expect(decideMerge(finished, { lastSeq: 5, finished: false }).newest).toBe(false);
    expect(decideMerge(finished, { lastSeq: 5, finished: true }).newest).toBe(true);
    expect(decideMerge({ ...finished, lacks: 6 }, { lastSeq: 6, finished: false }).newest).toBe(
      true,
    );
  });
});
