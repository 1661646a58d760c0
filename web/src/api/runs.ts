import type { WireEvent } from '@crmflow/contracts';
import { request } from './request.js';

/** Numbered events of a run after `afterSeq`, at most 200, ascending. */
export async function listEvents(runId: string, afterSeq: number): Promise<WireEvent[]> {
  const query = new URLSearchParams({ afterSeq: String(afterSeq), limit: '200' });
  const path = `/api/runs/${encodeURIComponent(runId)}/events?${query.toString()}`;
  return (await request<{ items: WireEvent[] }>(path)).items;
}
