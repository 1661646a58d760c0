import {
  advanceRunSchema,
  commandAcceptedSchema,
  continueRunSchema,
  executeNodeSchema,
  setPausePointsSchema,
} from '@crmflow/contracts';
import type { Deps, RunDeps } from '../../deps.js';
import { runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import { advanceRun, continueRun, executeNode, setPausePoints } from './command-run.js';

const answers = { 202: commandAcceptedSchema };
const problems = ['run_finished', 'not_paused', 'not_paused_there', 'not_step_mode'] as const;

/** The addresses by which a run is stepped through. */
export function stepRoutes(deps: RunDeps & Pick<Deps, 'commandLimit'>): Route[] {
  const limit = deps.commandLimit;
  return [
    route({
      method: 'post',
      path: '/api/runs/:runId/execute',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Run the next node of a paused run',
        description:
          'The run pauses again before the node after it. Accepted once Temporal has stored the command; the log shows the outcome. With `visit`, repeating the command has no effect.',
        answers,
        problems,
      },
      limit,
      params: runParams,
      body: executeNodeSchema,
      handle: async ({ params, body }) => ({
        status: 202,
        body: await executeNode(deps, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/advance',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Skip a node of a run',
        description:
          'Leaves a node by its first handle without running it: the node that the run is paused before, or in step mode the listen or wait node that it is at.',
        answers,
        problems,
      },
      limit,
      params: runParams,
      body: advanceRunSchema,
      handle: async ({ params, body }) => ({
        status: 202,
        body: await advanceRun(deps, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/continue',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Continue a paused run',
        description:
          'Runs to the next pause point or to the end. With `nodeId` and `visit`, only if the run is paused there.',
        answers,
        problems,
      },
      limit,
      params: runParams,
      body: continueRunSchema,
      handle: async ({ params, body }) => ({
        status: 202,
        body: await continueRun(deps, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/pause-points',
      right: 'run.command',
      of: 'run',
      docs: {
        tag: 'Runs',
        summary: 'Replace the pause points of a run',
        description:
          'Takes the IDs of the nodes that the run pauses before, in any mode. What the run is doing now is not interrupted.',
        answers,
        problems: ['run_finished'],
      },
      limit,
      params: runParams,
      body: setPausePointsSchema,
      handle: async ({ params, body }) => ({
        status: 202,
        body: await setPausePoints(deps, params.runId, body),
      }),
    }),
  ];
}
