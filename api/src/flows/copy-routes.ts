import { flowSchema, flowResourceSchema, flowTestsSchema } from '@crmflow/contracts';
import type { Deps } from '../deps.js';
import { attachment } from '../http/attachment.js';
import { idParams } from '../http/id-params.js';
import type { Access } from '../access/authorize.js';
import { askOfClient } from '../ask.js';
import { type RouteAnswer, type Route, route } from '../http/route.js';
import { findBuiltIn } from './templates/built-in.js';
import { copyOf, exportOf, newFlowOf } from './copy.js';
import { withNewIds } from './new-ids.js';
import { graphOf, notesOf, type SentGraph } from './stored-graph.js';
import { createFlows, newFlowProblems } from './flows.js';
import { readTests } from './tests/stored-tests.js';

const created = (flow: { id: string }): RouteAnswer => ({
  status: 201,
  body: flow,
  headers: { Location: `/api/workflows/${flow.id}` },
});

/** Flows made from others: clone, import and export. */
export function copyRoutes(
  deps: Pick<Deps, 'authorize' | 'db' | 'pool' | 'reads' | 'budgets'>,
): Route[] {
  const flows = createFlows(deps);
  /** Tests may tell what customers said: they are none of the public's business. */
  const testsFor = async ({ may }: Access, id: string) =>
    may('test.read') ? readTests(askOfClient(deps.pool), id) : [];
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/clone',
      right: 'flow.change',
      docs: {
        tag: 'Flows',
        summary: 'Clone a flow',
        description:
          'Copies one of your flows, a public flow or a template. The copy is private, has new IDs and is named "Copy of …"; copies of built-in templates keep their name. Flows refer to keys by name only: the copy uses your own keys of the same names.',
        answers: { 201: flowResourceSchema },
        problems: newFlowProblems,
      },
      gate: deps.reads,
      params: idParams,
      async handle({ access, params }) {
        const builtIn = findBuiltIn(params.id);
        if (builtIn) {
          const known = flowTestsSchema.parse(builtIn.tests) ?? [];
          const { tests, ...graph } = withNewIds({ ...graphOf(builtIn), tests: known });
          return created(await flows.create(access, newFlowOf(builtIn), graph, tests));
        }
        const { principal } = access;
        const reader = await deps.authorize(principal, 'flow.read', { kind: 'flow', ...params });
        const source = await flows.read(reader, params.id);
        const all = { ...graphOf(source), tests: await testsFor(reader, params.id) };
        const { tests, ...graph } = withNewIds(all);
        const sent = { ...graph, ...notesOf(source) };
        return created(await flows.create(access, copyOf(source), sent, tests));
      },
    }),
    route({
      method: 'get',
      path: '/api/workflows/:id/export',
      right: 'flow.read',
      of: 'flow',
      docs: {
        tag: 'Flows',
        summary: 'Export a flow',
        description:
          'Downloads the draft of one of your flows, or of a public flow, as a file for import.',
        answers: { 200: flowSchema },
      },
      gate: deps.reads,
      params: idParams,
      async handle({ access, params }) {
        const flow = await flows.read(access, params.id);
        const headers = { 'Content-Disposition': attachment(flow.name, 'flow') };
        const tests = await testsFor(access, params.id);
        return { status: 200, body: exportOf(flow, tests), headers };
      },
    }),
    route({
      method: 'post',
      path: '/api/workflows/import',
      right: 'flow.change',
      docs: {
        tag: 'Flows',
        summary: 'Import a flow',
        description:
          'Creates a private flow from an exported file and keeps the IDs of its nodes and edges. The same rules apply as for POST /api/workflows.',
        answers: { 201: flowResourceSchema },
        problems: newFlowProblems,
      },
      body: flowSchema,
      async handle({ access, body: { name, description, tests }, request }) {
        const flow = { name, description, isPublic: false, isTemplate: false };
        return created(await flows.create(access, flow, request.body as SentGraph, tests));
      },
    }),
  ];
}
