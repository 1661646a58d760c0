import { describe, expect, it } from 'vitest';
import { instantAt, isZone, zoneOf, zoneOffset } from './zone.js';

const hours = (ms: number | undefined) => (ms === undefined ? undefined : ms / 3_600_000);

describe('a time zone', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15T12:00:00Z', 1],
    ['Europe/Berlin', '2026-07-15T12:00:00Z', 2],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 1],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
    ['Europe/Berlin', '1985-07-15T12:00:00Z', 2],
    ['europe/berlin', '2026-07-15T12:00:00Z', 2],
    ['America/New_York', '2026-07-15T12:00:00Z', -4],
    ['America/Sao_Paulo', '2026-01-15T12:00:00Z', -3],
    ['Australia/Lord_Howe', '2026-01-15T12:00:00Z', 11],
    ['Asia/Kolkata', '2026-01-15T12:00:00Z', 5.5],
    ['Asia/Calcutta', '2026-01-15T12:00:00Z', 5.5],
    ['Asia/Kathmandu', '2026-01-15T12:00:00Z', 5.75],
    ['Pacific/Kiritimati', '2026-01-15T12:00:00Z', 14],
    ['UTC', '2026-01-15T12:00:00Z', 0],
    ['Etc/GMT+5', '2026-01-15T12:00:00Z', -5],
    ['Europe/Atlantis', '2026-01-15T12:00:00Z', undefined],
    ['__proto__', '2026-01-15T12:00:00Z', undefined],
    ['', '2026-01-15T12:00:00Z', undefined],
  ])('%s is ahead at %s by %j hours', (name, at, offset) => {
    expect(hours(zoneOffset(name, Date.parse(at)))).toBe(offset);
    expect(isZone(name)).toBe(offset !== undefined);
  });

  it('is kept once, however its name is typed', () => {
    expect(zoneOf('EUROPE/berlin')).toBeDefined();
    expect(zoneOf('EUROPE/berlin')).toBe(zoneOf('Europe/Berlin'));
  });

  it.each([
    ['Europe/Berlin', '2026-07-01T18:00', '2026-07-01T16:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29T02:30', null],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
    ['America/New_York', '2026-03-08T02:30', null],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Europe/Atlantis', '2026-01-01T00:00', undefined],
  ])('%s shows %s at %j', (name, local, at) => {
    const found = instantAt(name, Date.parse(`${local}Z`));
    expect(typeof found === 'number' ? new Date(found).toISOString() : found).toBe(at);
  });
});
