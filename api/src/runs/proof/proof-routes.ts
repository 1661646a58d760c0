import { randomUUID } from 'node:crypto';
import {
  flowTestSchema,
  newTestSchema,
  replayReportSchema,
  replayRunsSchema,
  testOfRunSchema,
  waitingRunsSchema,
} from '@crmflow/contracts';
import { testOfRun } from '@crmflow/proof';
import { requireAlso } from '../../access/authorize.js';
import type { Deps } from '../../deps.js';
import type { FlowGraph } from '../../flows/flow-graph.js';
import { createTest } from '../../flows/tests/change-tests.js';
import { readDraft, runnable } from '../../flows/tests/run-tests.js';
import { idParams, runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import { noSuchRun } from '../run-head.js';
import { readRecorded } from './recorded-runs.js';
import { readWaiting } from './waiting-runs.js';

const tag = 'Tests';

/** `/api/workflows/:id/replay`, `…/waiting-runs` and `/api/runs/:runId/test`: conversations as proof. */
export function proofRoutes(
  deps: Pick<Deps, 'db' | 'pool' | 'budgets' | 'prover' | 'proofs'>,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/replay',
      right: 'transcript.read',
      of: 'flow',
      docs: {
        tag,
        summary: 'Replay past runs on the draft',
        description:
          'Plays runs that have ended on the draft, with what came in then and what calls ended with. Nothing is called. Tells which go the same way, and from which node the others differ.',
        example: { runs: 50 },
        answers: { 200: replayReportSchema },
        problems: ['flow_invalid', 'proof_stopped'],
      },
      gate: deps.proofs,
      params: idParams,
      body: replayRunsSchema,
      async handle({ access, params, body }) {
        requireAlso(access, 'flow.check');
        const { flow } = await readDraft(deps, params.id);
        const runs = await readRecorded(deps.pool, params.id, body.runs);
        return { status: 200, body: { results: await deps.prover.replay(flow, runs) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/workflows/:id/waiting-runs',
      right: 'flow.check',
      of: 'flow',
      docs: {
        tag,
        summary: 'Read which runs could move to the draft',
        description:
          'Tells how many runs of published versions have not ended, how many of them could move to the draft once it is published, and why the others could not. None of them is moved.',
        answers: { 200: waitingRunsSchema },
        problems: ['flow_invalid'],
      },
      gate: deps.proofs,
      params: idParams,
      handle: async ({ params }) => ({ status: 200, body: await readWaiting(deps, params.id) }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/test',
      right: 'transcript.read',
      of: 'run',
      docs: {
        tag,
        summary: 'Make a test of a run',
        description:
          'Creates a test of the flow that goes as the run went: the same messages at the same times, and the same answers of services and models.',
        example: { name: 'A customer who orders' },
        answers: { 201: flowTestSchema },
        problems: ['tests_full', 'flow_storage_full', 'flow_invalid'],
      },
      gate: deps.proofs,
      params: runParams,
      body: testOfRunSchema,
      async handle({ access, params, body }) {
        requireAlso(access, 'test.change');
        const run = await deps.db.run.findUnique({
          where: { id: params.runId },
          select: { workflowId: true, version: { select: { graph: true } } },
        });
        if (!run) throw noSuchRun();
        const [recorded] = await readRecorded(deps.pool, run.workflowId, [params.runId]);
        if (!recorded) throw noSuchRun();
        const flow = runnable('Run', run.version.graph as unknown as FlowGraph);
        const { id: _, ...made } = testOfRun(flow, recorded, randomUUID());
        const { name = made.name, gate } = body;
        const fields = newTestSchema.parse({ ...made, name, gate });
        const test = await createTest(deps, access, run.workflowId, fields);
        return { status: 201, body: test, headers: { Location: `/api/tests/${test.id}` } };
      },
    }),
  ];
}
