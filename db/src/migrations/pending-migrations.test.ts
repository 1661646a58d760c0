import { describe, expect, it } from 'vitest';
import { pendingMigrations } from './pending-migrations.js';

const known = ['1_a', '2_b', '3_c'].map((name) => ({ name, sql: '', checksum: `sum ${name}` }));
const applied = (name: string) => ({ name, checksum: `sum ${name}`, finished: true });

describe('pendingMigrations', () => {
  it('gives what the database lacks, in order', () => {
    expect(pendingMigrations(known, []).map(({ name }) => name)).toEqual(['1_a', '2_b', '3_c']);
    expect(pendingMigrations(known, [applied('1_a')]).map(({ name }) => name)).toEqual([
      '2_b',
      '3_c',
    ]);
    expect(
      pendingMigrations(
        known,
        known.map(({ name }) => applied(name)),
      ),
    ).toEqual([]);
  });

  it('refuses a database of a newer version', () => {
    expect(() => pendingMigrations(known, [applied('4_d')])).toThrow(
      /has the migration 4_d, which this version of CRMFlow does not know/,
    );
  });

  it('refuses a migration that was changed after it was applied', () => {
    expect(() => pendingMigrations(known, [{ ...applied('2_b'), checksum: 'other' }])).toThrow(
      /2_b was changed after it was applied/,
    );
  });

  it('refuses a migration that another tool left unfinished', () => {
    expect(() => pendingMigrations(known, [{ ...applied('2_b'), finished: false }])).toThrow(
      /2_b was started by another tool and did not finish/,
    );
  });
});
