import type { FlowTest, NewTest, Page, TestReport } from '@crmflow/contracts';
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
