import type {
  Backfill,
  BackfillResult,
  Firing,
  NextTimes,
  Page,
  UpdateDeployment,
} from '@crmflow/contracts';
import { request } from './request.js';

const path = (id: string, rest: string) => `/api/deployments/${encodeURIComponent(id)}/${rest}`;

/** When a schedule would be due next with these changes of its settings; nothing is stored. */
export function previewTimes(
  id: string,
  settings: NonNullable<UpdateDeployment['settings']>,
): Promise<NextTimes> {
  return request(path(id, 'next'), { method: 'POST', body: { settings } });
}

/** A page of what became of the times of a schedule, the newest first. */
export function listFirings(id: string, cursor: string | null): Promise<Page<Firing>> {
  const query = new URLSearchParams({ limit: '20', ...(cursor !== null && { cursor }) });
  return request(path(id, `firings?${query.toString()}`));
}

/** Starts a run now, once for each `requestId`. */
export function runNow(id: string, requestId: string): Promise<{ runId: string }> {
  return request(path(id, 'run-now'), { method: 'POST', body: { requestId } });
}

/** Starts the runs of times in the past, or counts them. */
export function backfill(id: string, body: Backfill): Promise<BackfillResult> {
  return request(path(id, 'backfill'), { method: 'POST', body });
}
