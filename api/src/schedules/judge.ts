import { type FiringKind, limits, parseDuration, type ScheduleSettings } from '@crmflow/contracts';

/** A firing that has not started. Times are epoch milliseconds. */
export type Waiting = {
  key: string;
  kind: FiringKind;
  scheduledAt: number;
  /** Whether it was looked at before, and has waited since for a run to end. */
  isBuffered: boolean;
};

/** How its schedule stands. */
export type Standing = {
  isAlive: boolean;
  enabled: boolean;
  settings: Pick<ScheduleSettings, 'overlap' | 'catchUp' | 'jitter'>;
  /** Runs of it that are active. */
  active: number;
  /** Times of it that wait for a run to end, before this one. */
  buffered: number;
  now: number;
};

/** Why a firing starts no run. */
export const reasons = {
  disabled: ['skipped', 'The schedule was paused.'],
  deleted: ['skipped', 'The schedule was deleted.'],
  overlap: ['skipped', 'The run before was still active.'],
  buffer_full: ['skipped', `${limits.bufferedFirings} times were waiting already.`],
  too_late: ['missed', 'The installation was down for longer than the schedule catches up.'],
} as const;

/** What becomes of a firing. */
export type Verdict = 'start' | 'wait' | keyof typeof reasons;

/** Decides what becomes of a firing, by how its schedule stands at that moment. */
export function judge({ kind, scheduledAt, isBuffered }: Waiting, standing: Standing): Verdict {
  const { isAlive, enabled, settings, active, buffered, now } = standing;
  const { overlap, catchUp, jitter } = settings;
  if (!isAlive) return 'deleted';
  if (kind === 'manual') return 'start';
  if (kind === 'scheduled') {
    if (!enabled) return 'disabled';
    const latest = (parseDuration(catchUp) ?? 0) + (parseDuration(jitter ?? 'PT0S') ?? 0);
    if (!isBuffered && now - scheduledAt > latest) return 'too_late';
  }
  if (overlap === 'all' || active === 0) return 'start';
  // Who asks for past times wants them all: they run one after the other.
  if (kind === 'backfill') return 'wait';
  if (overlap === 'skip') return 'overlap';
  return buffered < limits.bufferedFirings ? 'wait' : 'buffer_full';
}
