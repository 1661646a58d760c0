import {
  atRevisionSchema,
  listQuerySchema,
  listVersionsSchema,
  publishFlowSchema,
  versionPageSchema,
  versionSchema,
  versionWithGraphSchema,
  flowResourceSchema,
} from '@crmflow/contracts';
import { z } from 'zod';
import type { Deps } from '../../deps.js';
import { idParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import type { GateDeps } from '../tests/run-tests.js';
import { publish } from './publish.js';
import { listVersions, readVersion } from './read-versions.js';
import { tellSaved } from '../tell-saved.js';
import { restore } from './restore.js';

const versionParams = idParams.extend({
  number: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number),
});

/** `/api/workflows/:id/publish` and `…/versions`. */
export function versionRoutes(deps: GateDeps & Pick<Deps, 'reads' | 'budgets'>): Route[] {
  const all = '/api/workflows/:id/versions';
  const one = `${all}/:number`;
  return [
    route({
      method: 'post',
      path: '/api/workflows/:id/publish',
      right: 'flow.publish',
      of: 'flow',
      docs: {
        tag: 'Versions',
        summary: 'Publish the draft',
        description:
          'Publishes the draft as the next version. Active runs stay on their version. If the newest version has the same graph, that version is returned with 200. Tests with `gate` have to pass, unless `override` says why not; where much is being tried, they wait for their turn. On `flow_invalid`, `errors` lists every issue with its node or edge.',
        answers: { 200: versionSchema, 201: versionSchema },
        problems: [
          ...([
            'stale_revision',
            'flow_invalid',
            'tests_failed',
            'proof_stopped',
            'rate_limited',
          ] as const),
          ...(['versions_full', 'flow_storage_full', 'installation_full'] as const),
        ],
      },
      params: idParams,
      body: publishFlowSchema,
      async handle({ access, params, body }) {
        const { created, version } = await publish(deps, access, params.id, body);
        const Location = `/api/workflows/${params.id}/versions/${version.number}`;
        return { status: created ? 201 : 200, body: version, headers: { Location } };
      },
    }),
    route({
      method: 'get',
      path: all,
      right: 'version.read',
      of: 'flow',
      docs: {
        tag: 'Versions',
        summary: 'List the versions of a flow',
        description: 'Published versions, newest first, without their graphs.',
        answers: { 200: versionPageSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: listQuerySchema.extend(listVersionsSchema.shape),
      handle: async ({ params, query }) => ({
        status: 200,
        body: await listVersions(deps, params.id, query),
      }),
    }),
    route({
      method: 'get',
      path: one,
      right: 'version.read',
      of: 'flow',
      docs: {
        tag: 'Versions',
        summary: 'Read a version with its graph',
        answers: { 200: versionWithGraphSchema },
      },
      gate: deps.reads,
      params: versionParams,
      handle: async ({ params }) => ({
        status: 200,
        body: await readVersion(deps, params.id, params.number),
      }),
    }),
    route({
      method: 'post',
      path: `${one}/restore`,
      right: 'flow.change',
      of: 'flow',
      docs: {
        tag: 'Versions',
        summary: 'Restore a version as the draft',
        description:
          'Replaces the nodes, edges and variables of the draft with those of the version, and increases its revision. Tests become what they were in the version; those written since stay. Published versions do not change.',
        answers: { 200: flowResourceSchema },
        problems: ['stale_revision', 'flow_storage_full', 'tests_full'],
      },
      params: versionParams,
      body: atRevisionSchema,
      async handle({ access, params, body }) {
        const restored = await restore(deps, access, params.id, params.number, body);
        await tellSaved(deps.pool, access, restored);
        return { status: 200, body: restored };
      },
    }),
  ];
}
