import {
  explorationSchema,
  exploreFlowSchema,
  flowTestSchema,
  newTestSchema,
  replaceTestSchema,
  runTestsSchema,
  testPageSchema,
  testReportSchema,
} from '@crmflow/contracts';
import { askOfClient } from '../../ask.js';
import type { Deps } from '../../deps.js';
import { idParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import { createTest, deleteTest, replaceTest } from './change-tests.js';
import { exploreFlow, type ProofDeps, runFlowTests } from './run-tests.js';
import { readTests } from './stored-tests.js';

const tag = 'Tests';
const example = {
  name: 'A customer who is silent is reminded',
  gate: true,
  steps: [
    { expect: { contains: 'your name' } },
    { after: 'P1D' },
    { expect: { contains: 'still there' } },
    { user: 'Ada' },
  ],
  assert: { status: 'completed', variables: { name: 'Ada' } },
};

/** `/api/workflows/:id/tests`, `/api/tests/:id` and `/api/workflows/:id/explore`. */
export function testRoutes(deps: ProofDeps & Pick<Deps, 'budgets' | 'reads' | 'proofs'>): Route[] {
  const all = '/api/workflows/:id/tests';
  const one = '/api/tests/:id';
  const gate = deps.proofs;
  return [
    route({
      method: 'get',
      path: all,
      right: 'test.read',
      of: 'flow',
      docs: {
        tag,
        summary: 'List the tests of a flow',
        description: 'All of them, in their order.',
        answers: { 200: testPageSchema },
      },
      gate: deps.reads,
      params: idParams,
      async handle({ params }) {
        const items = await readTests(askOfClient(deps.pool), params.id);
        return { status: 200, body: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: all,
      right: 'test.change',
      of: 'flow',
      docs: {
        tag,
        summary: 'Create a test',
        description:
          'A test says what a customer does and what is expected to come of it. It runs on a clock of its own and calls nothing: `mocks` say what calls end with. With `gate`, publishing needs it to pass.',
        example,
        answers: { 201: flowTestSchema },
        problems: ['tests_full', 'flow_storage_full'],
      },
      params: idParams,
      body: newTestSchema,
      async handle({ access, params, body }) {
        const test = await createTest(deps, access, params.id, body);
        return { status: 201, body: test, headers: { Location: `/api/tests/${test.id}` } };
      },
    }),
    route({
      method: 'put',
      path: one,
      right: 'test.change',
      of: 'test',
      docs: {
        tag,
        summary: 'Replace a test',
        example,
        answers: { 200: flowTestSchema },
        problems: ['tests_full', 'flow_storage_full'],
      },
      params: idParams,
      body: replaceTestSchema,
      handle: async ({ access, params, body }) => ({
        status: 200,
        body: await replaceTest(deps, access, params.id, body),
      }),
    }),
    route({
      method: 'delete',
      path: one,
      right: 'test.change',
      of: 'test',
      docs: { tag, summary: 'Delete a test', answers: { 204: null } },
      params: idParams,
      async handle({ access, params }) {
        await deleteTest(deps, access, params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: `${all}/run`,
      right: 'flow.check',
      of: 'flow',
      docs: {
        tag,
        summary: 'Run tests',
        description:
          'Runs all tests of the flow, or those that you name, on the saved draft or on a version. Answers what came of each, and which nodes and handles they reach together.',
        example: {},
        answers: { 200: testReportSchema },
        problems: ['no_version', 'flow_invalid', 'proof_stopped'],
      },
      gate,
      params: idParams,
      body: runTestsSchema,
      handle: async ({ params, body }) => ({
        status: 200,
        body: await runFlowTests(deps, params.id, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/workflows/:id/explore',
      right: 'flow.check',
      of: 'flow',
      docs: {
        tag,
        summary: 'Look for weak spots',
        description:
          'Tries every answer, silence and failure from every wait and call, within limits, and answers dead ends, loops without a wait, handles that nothing reaches, and variables that may be missing, each with the shortest way there.',
        example: {},
        answers: { 200: explorationSchema },
        problems: ['no_version', 'flow_invalid', 'proof_stopped'],
      },
      gate,
      params: idParams,
      body: exploreFlowSchema,
      handle: async ({ params, body }) => ({
        status: 200,
        body: await exploreFlow(deps, params.id, body),
      }),
    }),
  ];
}
