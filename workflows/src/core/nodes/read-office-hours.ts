import { limits, type ReadOfficeHoursResult } from '@crmflow/contracts';
import { nextOfficeTime } from '@crmflow/expressions';
import type { Input } from '../state.js';
import type { Turn, Visit } from '../turn.js';
import type { Outcome } from './behaviour.js';
import { callKey, suspendForCall, valueOf } from './call.js';

/** Asks for the office hours as they are now: a run may be older than the last change of them. */
export function readOfficeHours(turn: Turn, visit: Visit): Outcome {
  // Whoever waits for days has no use for a failure because the database was away for minutes.
  const input = { ...callKey(turn, visit), retryForMs: limits.retryForMs };
  return suspendForCall(visit, { activity: 'readOfficeHours', input });
}

/** When the team is there next: now, later (epoch milliseconds), or never. */
export function nextOfficeTimeOf({ state }: Turn, input: Input): number | null {
  const { hours } = valueOf(input) as ReadOfficeHoursResult;
  return hours === null ? state.clock : nextOfficeTime(hours, state.clock);
}
