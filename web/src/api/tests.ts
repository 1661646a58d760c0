import type {
  Exploration,
  FlowTest,
  NewTest,
  Page,
  ReplayReport,
  TestReport,
  WaitingRuns,
} from '@crmflow/contracts';
import { request } from './request.js';

const ofFlow = (flowId: string, rest: string) =>
  `/api/workflows/${encodeURIComponent(flowId)}${rest}`;
const one = (id: string) => `/api/tests/${encodeURIComponent(id)}`;

/** The tests of a flow, in their order. */
export async function listTests(flowId: string): Promise<FlowTest[]> {
  return (await request<Page<FlowTest>>(ofFlow(flowId, '/tests'))).items;
}

/** Gives a flow a further test. */
export function createTest(flowId: string, test: NewTest): Promise<FlowTest> {
  return request(ofFlow(flowId, '/tests'), { method: 'POST', body: test });
}

/** Puts a test in place of the one with its id. */
export function saveTest(test: FlowTest): Promise<FlowTest> {
  return request(one(test.id), { method: 'PUT', body: test });
}

/** Removes a test. */
export function deleteTest(id: string): Promise<void> {
  return request(one(id), { method: 'DELETE' });
}

/** Runs the tests with these ids on the saved draft, or all. */
export function runTests(flowId: string, ids?: readonly string[]): Promise<TestReport> {
  return request(ofFlow(flowId, '/tests/run'), { method: 'POST', body: ids ? { ids } : {} });
}

/** Looks for weak spots of the saved draft. */
export function exploreFlow(flowId: string): Promise<Exploration> {
  return request(ofFlow(flowId, '/explore'), { method: 'POST', body: {} });
}

/** Tries past conversations on the saved draft. @param count how many of the newest */
export function replayRuns(flowId: string, count: number): Promise<ReplayReport> {
  return request(ofFlow(flowId, '/replay'), { method: 'POST', body: { runs: count } });
}

/** Which runs that have not ended could move to the saved draft. */
export function readWaitingRuns(flowId: string): Promise<WaitingRuns> {
  return request(ofFlow(flowId, '/waiting-runs'));
}

/** Makes a test of a run. */
export function createTestOfRun(runId: string): Promise<FlowTest> {
  return request(`/api/runs/${encodeURIComponent(runId)}/test`, { method: 'POST', body: {} });
}
