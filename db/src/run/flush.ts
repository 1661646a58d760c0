import type { RecordInput } from '@crmflow/contracts';
import { storedJson } from './stored-json.js';

/** A flush as the statements take it: `rows` and the columns of Run. Times are ISO 8601. */
export type Flush = {
  runId: string;
  /** The log's rows as a JSON array. */
  rows: string;
  firstSeq: number;
  lastSeq: number;
  view: string;
  status: string;
  currentNode: string | null;
  error: string | null;
  finishedAt: string | null;
  /** Whether the run moved to another version. */
  moves: boolean;
};

const iso = (epochMs: number) => new Date(epochMs).toISOString();

/** What a run tells, in the form in which it is stored. */
export function toFlush({ runId, events, view, error, finishedAt }: RecordInput): Flush {
  return {
    runId,
    rows: storedJson(events.map((event) => ({ ...event, at: iso(event.at) }))),
    firstSeq: events[0]?.seq ?? view.lastSeq + 1,
    lastSeq: view.lastSeq,
    view: storedJson(view),
    status: view.status,
    currentNode: view.currentNodes[0]?.nodeId ?? null,
    error: error === undefined ? null : storedJson(error),
    finishedAt: finishedAt === undefined ? null : iso(finishedAt),
    moves: events.some(
      ({ type, data }) => type === 'run.started' && data.resumed?.by === 'migrate',
    ),
  };
}
