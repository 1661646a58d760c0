import {
  checkFlowSchema,
  createFlowSchema,
  flowCheckSchema,
  flowSchema,
  listFlowsSchema,
  updateFlowSchema,
  flowPageSchema,
  flowResourceSchema,
  withMessage,
} from '@crmflow/contracts';
import { createAllowList, createHostRule } from '@crmflow/contracts/egress';
import { checkFlow } from '@crmflow/expressions';
import { askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { route, type Route } from '../http/route.js';
import { checkCalledFlows } from './called-flows.js';
import { copyRoutes } from './copy-routes.js';
import type { SentGraph } from './stored-graph.js';
import { exampleFlow } from './example-flow.js';
import { createFlows, newFlowProblems } from './flows.js';
import { tellSaved } from './tell-saved.js';

/**
 * `/api/workflows/…`: flows as people draw them. The graph is checked against the schema but kept
 * as it was sent (`request.body`): defaults are applied when a run compiles it.
 * @param removeLater removes a workspace with all that is in it, in the background
 */
export function flowRoutes(
  deps: Pick<Deps, 'authorize' | 'db' | 'pool' | 'reads' | 'budgets' | 'config'>,
  removeLater: (workspaceId: string) => void,
): Route[] {
  const flows = createFlows(deps);
  const hostRule = createHostRule(createAllowList(deps.config.egressAllow));
  const collection = '/api/workflows';
  const one = '/api/workflows/:id';
  return [
    route({
      method: 'get',
      path: collection,
      right: 'flow.list',
      docs: {
        tag: 'Flows',
        summary: 'List flows',
        description:
          'The flows of a workspace, or the public flows of all users, without their graphs. Newest first unless `sort` is set.',
        answers: { 200: flowPageSchema },
      },
      gate: deps.reads,
      query: listFlowsSchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await flows.list(access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: collection,
      right: 'flow.change',
      docs: {
        tag: 'Flows',
        summary: 'Create a flow',
        description:
          'A draft does not have to be complete: only input that cannot be stored is rejected.',
        example: exampleFlow,
        answers: { 201: flowResourceSchema },
        problems: newFlowProblems,
      },
      body: createFlowSchema,
      async handle({ access, body, request }) {
        const flow = await flows.create(access, body, request.body as SentGraph, body.tests);
        return { status: 201, body: flow, headers: { Location: `${collection}/${flow.id}` } };
      },
    }),
    route({
      method: 'get',
      path: one,
      right: 'flow.read',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Read a flow',
        description:
          'A flow of one of your workspaces, or a public flow. A public flow is visible in full.',
        answers: { 200: flowResourceSchema },
      },
      gate: deps.reads,
      params: idParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await flows.read(access, params.id),
      }),
    }),
    route({
      method: 'put',
      path: one,
      right: 'flow.change',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Replace a flow',
        description:
          'Send the whole flow with the `revision` at which you read it. Active runs are not affected.',
        answers: { 200: flowResourceSchema },
        problems: ['stale_revision', 'flow_storage_full', 'tests_full'],
      },
      params: idParams,
      body: updateFlowSchema,
      async handle({ access, params, body, request }) {
        const saved = await flows.replace(access, params.id, body, request.body as SentGraph);
        await tellSaved(deps.pool, access, saved);
        return { status: 200, body: saved };
      },
    }),
    route({
      method: 'delete',
      path: one,
      right: 'flow.change',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Delete a flow',
        description:
          'Also ends and deletes its runs. Whatever their number, they are gone for you at once, and removed in the background.',
        answers: { 204: null },
      },
      params: idParams,
      async handle({ access, params }) {
        removeLater(await flows.remove(access, params.id));
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: `${one}/validate`,
      right: 'flow.check',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Check whether a flow can run',
        description: 'Checks the saved draft, or the nodes, edges and variables that you send.',
        answers: { 200: flowCheckSchema },
      },
      gate: deps.reads,
      params: idParams,
      body: checkFlowSchema,
      async handle({ access, params, body }) {
        const { id } = params;
        const { name, nodes, edges, variables } = await flows.read(access, id);
        const saved = { schemaVersion: 1, name, nodes, edges, variables };
        const flow = body.nodes ? { ...body, nodes: body.nodes } : flowSchema.parse(saved);
        const called = checkCalledFlows(askOfClient(deps.pool), access.workspaceId, {
          ...flow,
          id,
        });
        const issues = [...checkFlow(flow, { hostRule }), ...(await called)];
        return { status: 200, body: { problems: issues.map(withMessage) } };
      },
    }),
    ...copyRoutes(deps),
  ];
}
