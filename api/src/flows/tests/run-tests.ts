import {
  type Exploration,
  type ExploreFlow,
  type FailedTest,
  type Flow,
  flowSchema,
  type FlowTest,
  type RunTests,
  type TestReport,
} from '@crmflow/contracts';
import type { Access } from '../../access/authorize.js';
import { askOfClient } from '../../ask.js';
import type { Deps } from '../../deps.js';
import { AppError, invalidFields } from '../../errors/app-error.js';
import { asFlow, type FlowGraph } from '../flow-graph.js';
import { noSuchFlow } from '../flow-errors.js';
import { readFlow } from '../read-flow.js';
import { readable, requireRunnable } from '../require-runnable.js';
import { findVersion } from '../versions/find-version.js';
import { readTests } from './stored-tests.js';

/** What trying a flow needs. */
export type ProofDeps = Pick<Deps, 'db' | 'pool' | 'prover'>;

/** What running tests needs for callers that have not gone through the `proofs` gate yet. */
export type GateDeps = ProofDeps & Pick<Deps, 'proofs'>;

/** A flow that can run, with its defaults. @throws AppError `flow_invalid` */
export function runnable(name: string, graph: FlowGraph): Flow {
  const flow = readable(() => flowSchema.parse(asFlow(name, graph)));
  requireRunnable(flow);
  return flow;
}

/**
 * The draft of a flow as it is tried, and its revision.
 * @throws AppError `not_found`, `flow_invalid`
 */
export async function readDraft(
  { db }: Pick<ProofDeps, 'db'>,
  workflowId: string,
): Promise<{ flow: Flow; revision: number }> {
  const stored = await readFlow(db, workflowId);
  if (!stored) throw noSuchFlow();
  return { flow: runnable(stored.name, stored), revision: stored.revision };
}

/** @throws AppError `not_found`, `no_version`, `flow_invalid` */
async function readTried(
  deps: ProofDeps,
  workflowId: string,
  version: number | undefined,
): Promise<Flow> {
  if (version === undefined) return (await readDraft(deps, workflowId)).flow;
  const { id } = await findVersion(deps, workflowId, { version });
  const { graph } = await deps.db.workflowVersion.findUniqueOrThrow({
    where: { id },
    select: { graph: true },
  });
  return runnable(`Version ${version}`, graph as unknown as FlowGraph);
}

/** @throws AppError `invalid` for an id that is none of theirs */
function chosen(tests: readonly FlowTest[], ids: readonly string[] | undefined): FlowTest[] {
  if (!ids) return [...tests];
  const byId = new Map(tests.map((test) => [test.id, test]));
  const errors = [...ids.entries()]
    .filter(([, id]) => !byId.has(id))
    .map(([at]) => ({ path: `ids[${at}]`, message: 'is not a test of this flow' }));
  if (errors.length > 0) throw invalidFields(errors);
  return [...new Set(ids)].map((id) => byId.get(id)!);
}

/**
 * Runs tests of a flow, all of them or those with these ids, on its draft or a version.
 * @throws AppError `not_found`, `no_version`, `flow_invalid`, `invalid`
 */
export async function runFlowTests(
  deps: ProofDeps,
  workflowId: string,
  { ids, version }: RunTests,
): Promise<TestReport> {
  const tests = chosen(await readTests(askOfClient(deps.pool), workflowId), ids);
  return deps.prover.runTests(await readTried(deps, workflowId, version), tests);
}

/** Looks for weak spots of a flow. @throws AppError `not_found`, `no_version`, `flow_invalid` */
export async function exploreFlow(
  deps: ProofDeps,
  workflowId: string,
  { version }: ExploreFlow,
): Promise<Exploration> {
  return deps.prover.explore(await readTried(deps, workflowId, version));
}

/** The tests that publishing a draft needs, as they went. */
export type Gate = {
  /** The revision that they ran on; absent where there is none of them. */
  revision?: number;
  failed: FailedTest[];
  count: number;
};

/**
 * Runs the tests on a draft that have to pass before it is published; it waits for its turn.
 * @throws AppError `not_found`, `flow_invalid`, `rate_limited`
 */
export async function runGate(
  deps: GateDeps,
  { principal }: Pick<Access, 'principal'>,
  workflowId: string,
): Promise<Gate> {
  const all = await readTests(askOfClient(deps.pool), workflowId);
  const tests = all.filter(({ gate }) => gate);
  if (tests.length === 0) return { failed: [], count: 0 };
  const { flow, revision } = await readDraft(deps, workflowId);
  const { results } = await deps.proofs.run(principal.userId, () =>
    deps.prover.runTests(flow, tests),
  );
  const failed = results.filter(({ passed }) => !passed);
  const nameOf = (id: string) => tests.find((test) => test.id === id)?.name ?? '';
  return {
    revision,
    count: tests.length,
    failed: failed.map(({ testId, failures }) => ({ testId, name: nameOf(testId), failures })),
  };
}

/** The error of a draft that is not published for its tests. */
export function testsFailed({ failed, count }: Gate): AppError {
  const some =
    failed.length === 1
      ? `1 of ${count} required tests fails`
      : `${failed.length} of ${count} required tests fail`;
  return new AppError(
    'tests_failed',
    `${some}. Fix the flow or the tests, or publish anyway with a reason.`,
    { extra: { failures: failed } },
  );
}
