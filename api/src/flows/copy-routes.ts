import { flowSchema, flowResourceSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { attachment } from '../http/attachment.js';
import { idParams } from '../http/id-params.js';
import { type Reply, type Route, route } from '../http/route.js';
import { findBuiltIn } from './templates/built-in.js';
import { copyOf, exportOf, newFlowOf } from './copy.js';
import { withNewIds } from './new-ids.js';
import { graphOf, notesOf, type SentGraph } from './stored-graph.js';
import { createFlows } from './flows.js';

const created = (flow: { id: string }): Reply => ({
  status: 201,
  body: flow,
  headers: { Location: `/api/workflows/${flow.id}` },
});

/** Flows made from others: clone, import and export. */
export function copyRoutes(deps: Pick<Deps, 'db'>): Route[] {
  const flows = createFlows(deps);
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/clone',
      docs: {
        tag: 'Flows',
        summary: 'Clone a flow',
        description:
          'Makes a flow of your own from one of yours or a public one: the same graph with new ids, private, named "Copy of …"; one of a built-in template keeps its name. Secrets are named in flows, never kept in them: the clone uses your own keys of these names.',
        answers: { 201: flowResourceSchema },
      },
      params: idParams,
      async handle({ principal: { userId }, params }) {
        const builtIn = findBuiltIn(params.id);
        const source = builtIn ?? (await flows.read(userId, params.id));
        const head = builtIn ? newFlowOf(builtIn) : copyOf(source);
        return created(
          await flows.create(userId, head, {
            ...withNewIds(graphOf(source)),
            ...notesOf(source),
          }),
        );
      },
    }),
    route({
      method: 'get',
      path: '/api/workflows/:id/export',
      docs: {
        tag: 'Flows',
        summary: 'Export a flow',
        description: 'The draft of a flow of yours, or of a public one, as a file to import.',
        answers: { 200: flowSchema },
      },
      params: idParams,
      async handle({ principal, params }) {
        const flow = await flows.read(principal.userId, params.id);
        const headers = { 'Content-Disposition': attachment(flow.name, 'flow') };
        return { status: 200, body: exportOf(flow), headers };
      },
    }),
    route({
      method: 'post',
      path: '/api/workflows/import',
      docs: {
        tag: 'Flows',
        summary: 'Import a flow',
        description:
          'Makes a flow from an exported one, private, with the ids of its nodes and edges as they are. Refuses what POST /api/workflows refuses.',
        answers: { 201: flowResourceSchema },
      },
      body: flowSchema,
      async handle({ principal, body: { name, description }, request }) {
        const flow = { name, description, isPublic: false, isTemplate: false };
        return created(await flows.create(principal.userId, flow, request.body as SentGraph));
      },
    }),
  ];
}
