import type {
  CallbackAddress,
  ForkRun,
  Migrated,
  Page,
  Retried,
  RetryRun,
  RunFlow,
  RunSnapshot,
  RunSummary,
  WireEvent,
} from '@crmflow/contracts';
import { request } from './request.js';
import { inWorkspace } from './workspace-id.js';

const path = (runId: string, rest = '') => `/api/runs/${encodeURIComponent(runId)}${rest}`;

/** One page of runs, the newest first. @param params of the API, such as `workflowId` and `status` */
export function listRuns(
  params: Record<string, string>,
  cursor: string | null,
): Promise<Page<RunSummary>> {
  const query = new URLSearchParams({ limit: '50', ...params, ...(cursor !== null && { cursor }) });
  return request(inWorkspace(`/api/runs?${query.toString()}`));
}

/** Numbered events of a run after `afterSeq`, ascending. @param limit at most 1,000 */
export async function listEvents(
  runId: string,
  afterSeq: number,
  limit = 200,
): Promise<WireEvent[]> {
  const query = new URLSearchParams({ afterSeq: String(afterSeq), limit: String(limit) });
  return (await request<{ items: WireEvent[] }>(path(runId, `/events?${query.toString()}`))).items;
}

/** A run as it is now; without what was said in it for those who may not read that. */
export function readRun(runId: string): Promise<RunSnapshot> {
  return request(path(runId));
}

/** The flow that a run executes. */
export function readRunFlow(runId: string): Promise<RunFlow> {
  return request(path(runId, '/flow'));
}

/** Lets a failed run go on: from the node that failed, or from another one that it has reached. */
export function retryRun(runId: string, body: RetryRun): Promise<Retried> {
  return request(path(runId, '/retry'), { method: 'POST', body });
}

/** Begins a new run from a node that another one has reached. */
export function forkRun(runId: string, body: ForkRun): Promise<{ runId: string }> {
  return request(path(runId, '/fork'), { method: 'POST', body });
}

/** Moves a waiting run to another published version. */
export function migrateRun(runId: string, version: number): Promise<Migrated> {
  return request(path(runId, '/migrate'), { method: 'POST', body: { version } });
}

/** The address that answers the node where a run waits for a call. */
export function readCallback(runId: string): Promise<CallbackAddress> {
  return request(path(runId, '/callback'), { method: 'POST' });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Calls such an address, as another service would. @param content JSON, or any other text */
export async function callCallback(url: string, content: string): Promise<void> {
  await request(new URL(url).pathname, { method: 'POST', body: asJson(content) });
}
