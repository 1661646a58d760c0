import { deliveryPageSchema, type JsonObject, runStartedSchema } from '@crmflow/contracts';
import { z } from 'zod';
import { askOfClient } from '../ask.js';
import { readDeployment } from '../deployments/read-deployments.js';
import type { Deps, RunDeps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { idParams } from '../http/id-params.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { starterOf } from '../runs/earlier-request.js';
import { startRun } from '../runs/start-run.js';
import { runBudgetProblems } from '../usage/budgets.js';
import { listDeliveries, readDelivery } from './deliveries.js';
import { headersForFlow } from './hook-headers.js';

type Needed = RunDeps & Pick<Deps, 'config' | 'budgets' | 'starts' | 'reads'>;

const number = z.string().regex(/^\d{1,15}$/, 'is not the number of a delivery');
const deliveryParams = idParams.extend({ n: number });
const deliveriesQuery = z.object({
  cursor: number.optional().describe('`nextCursor` of the previous page.'),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(100, 'must be 100 or less'))
    .default(60),
});

/** @throws AppError `not_found` for any other deployment */
async function requireWebhook({ pool, config }: Pick<Deps, 'pool' | 'config'>, id: string) {
  const deployment = await readDeployment(askOfClient(pool), config, id);
  if (deployment.kind === 'webhook') return deployment;
  throw new AppError('not_found', 'This deployment isn’t a webhook.');
}

/** What services have sent to a webhook, for its team. */
export function deliveryRoutes(deps: Needed): Route[] {
  const { pool } = deps;
  return [
    route({
      method: 'get',
      path: '/api/deployments/:id/deliveries',
      right: 'transcript.read',
      of: 'deployment',
      docs: {
        tag: 'Webhooks',
        summary: 'List the deliveries of a webhook',
        description:
          'The newest 50, newest first, including those that came while it was paused or its flow was not published. Of those whose sender was not verified, only the newest ten, without their bodies. Values that authenticate the sender are not kept.',
        answers: { 200: deliveryPageSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: deliveriesQuery,
      async handle({ params, query: { cursor, limit } }) {
        const { id } = await requireWebhook(deps, params.id);
        return {
          status: 200,
          body: await listDeliveries(pool, id, { before: cursor ?? null, limit }),
        };
      },
    }),
    route({
      method: 'post',
      path: '/api/deployments/:id/deliveries/:n/replay',
      right: 'run.start',
      of: 'deployment',
      docs: {
        tag: 'Webhooks',
        summary: 'Replay a delivery',
        description:
          'Starts a test run: the draft of the flow with what was sent then. Nobody gets its answer.',
        answers: { 201: runStartedSchema },
        problems: [
          ...(['delivery_incomplete', 'flow_invalid', 'flow_storage_full'] as const),
          ...runBudgetProblems,
        ],
      },
      limit: createUserLimit(deps, 'start-run'),
      params: deliveryParams,
      async handle({ access, params }) {
        const { id, workflowId, settings } = await requireWebhook(deps, params.id);
        const { isVerified, at, method, query, headers, body, code } = await readDelivery(
          pool,
          id,
          params.n,
        );
        if (!isVerified || (body === null && code === 'bad_request')) {
          const detail =
            'The body of this delivery was not kept, because the delivery was rejected. Choose another one.';
          throw new AppError('delivery_incomplete', detail);
        }
        const seen = headersForFlow(headers, settings.headers);
        const input = { body, query, headers: seen, method, at } as JsonObject;
        const request = { version: 'draft' as const, input };
        const { runId } = await startRun(deps, starterOf(access), workflowId, request);
        return { status: 201, body: { runId } };
      },
    }),
  ];
}
