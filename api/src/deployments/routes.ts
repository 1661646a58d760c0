import {
  createDeploymentSchema,
  deploymentPageSchema,
  deploymentSchema,
  listQuerySchema,
  updateAnyDeploymentSchema,
  updateDeploymentSchema,
} from '@crmflow/contracts';
import type { z } from 'zod';
import { askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createDeployment, deleteDeployment, updateDeployment } from './change-deployments.js';
import { syncSchedule, type SyncDeps } from './sync-schedules.js';
import { listDeployments, readDeployment } from './read-deployments.js';

/** Settings are read by the kind of the deployment, which only its row says. */
const documentedAs = (body: z.ZodType, made: Route): Route => ({
  ...made,
  schemas: { ...made.schemas, body },
});

/** `/api/workflows/:id/deployments` and `/api/deployments/:id`. */
export function deploymentRoutes(deps: SyncDeps & Pick<Deps, 'reads'>): Route[] {
  const ofFlow = '/api/workflows/:id/deployments';
  const one = '/api/deployments/:id';
  return [
    route({
      method: 'get',
      path: ofFlow,
      right: 'deployment.read',
      of: 'flow',
      docs: {
        tag: 'Deployments',
        summary: 'List the deployments of a flow',
        description: 'Newest first.',
        answers: { 200: deploymentPageSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: listQuerySchema,
      handle: async ({ params, query }) => ({
        status: 200,
        body: await listDeployments(deps, params.id, query),
      }),
    }),
    route({
      method: 'post',
      path: ofFlow,
      right: 'deployment.change',
      of: 'flow',
      docs: {
        tag: 'Deployments',
        summary: 'Create a deployment',
        description:
          'A chat page at `url`, which your sites can also embed, a webhook, whose `url` services send to, or a schedule, at whose times the flow runs. The flow must be published. Settings that you leave out have their defaults.',
        example: { kind: 'chat', name: 'Support', settings: { domains: ['example.com'] } },
        answers: { 201: deploymentSchema },
        problems: ['no_version', 'slug_taken', 'deployments_full'],
      },
      params: idParams,
      body: createDeploymentSchema,
      async handle({ access, params, body }) {
        const made = await createDeployment(deps, access, params.id, body);
        if (made.kind === 'schedule') await syncSchedule(deps, made.id);
        return { status: 201, body: made, headers: { Location: `/api/deployments/${made.id}` } };
      },
    }),
    route({
      method: 'get',
      path: one,
      right: 'deployment.read',
      of: 'deployment',
      docs: {
        tag: 'Deployments',
        summary: 'Read a deployment',
        answers: { 200: deploymentSchema },
      },
      params: idParams,
      handle: async ({ params }) => ({
        status: 200,
        body: await readDeployment(askOfClient(deps.pool), deps.config, params.id),
      }),
    }),
    documentedAs(
      updateDeploymentSchema,
      route({
        method: 'patch',
        path: one,
        right: 'deployment.change',
        of: 'deployment',
        docs: {
          tag: 'Deployments',
          summary: 'Change a deployment',
          description:
            'Fields that you leave out keep their value, also those of `settings`, `settings.limits` and `settings.auth`, unless that gets another `kind`. Of a schedule, `cron`, `every` and `calendar` replace each other. `secrets` replaces all secrets. Another version is for new conversations and runs. With another `slug`, links to the old address stop working.',
          example: { enabled: false, settings: { limits: { messagesPer10Minutes: 20 } } },
          answers: { 200: deploymentSchema },
          problems: ['no_version', 'slug_taken'],
        },
        params: idParams,
        body: updateAnyDeploymentSchema,
        async handle({ access, params, body }) {
          const changed = await updateDeployment(deps, access, params.id, body);
          if (changed.kind === 'schedule') await syncSchedule(deps, changed.id);
          return { status: 200, body: changed };
        },
      }),
    ),
    route({
      method: 'delete',
      path: one,
      right: 'deployment.change',
      of: 'deployment',
      docs: {
        tag: 'Deployments',
        summary: 'Delete a deployment',
        description:
          'Nothing begins there from then on; active conversations and runs continue. Its address is not given to another deployment.',
        answers: { 204: null },
      },
      params: idParams,
      async handle({ access, params }) {
        await deleteDeployment(deps, access, params.id);
        await syncSchedule(deps, params.id);
        return { status: 204 };
      },
    }),
  ];
}
