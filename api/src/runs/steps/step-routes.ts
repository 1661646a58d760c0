import {
  advanceRunSchema,
  commandAcceptedSchema,
  continueRunSchema,
  executeNodeSchema,
  setPausePointsSchema,
} from '@crmflow/contracts';
import { runParams } from '../../http/id-params.js';
import { type Route, route } from '../../http/route.js';
import {
  advanceRun,
  type CommandRunDeps,
  continueRun,
  executeNode,
  setPausePoints,
} from './command-run.js';

const answers = { 202: commandAcceptedSchema };
const problems = ['run_finished', 'not_paused', 'not_paused_there', 'not_step_mode'] as const;

/** The addresses by which a run is stepped through. */
export function stepRoutes(deps: CommandRunDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/runs/:runId/execute',
      docs: {
        tag: 'Runs',
        summary: 'Run the node that a run is paused before',
        description:
          'It pauses before the next. Accepted once the engine holds it; the log tells the rest. With `visit` a command that comes twice counts once.',
        answers,
        problems,
      },
      params: runParams,
      body: executeNodeSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await executeNode(deps, principal, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/advance',
      docs: {
        tag: 'Runs',
        summary: 'Skip a node of a run',
        description:
          'Leaves the node by its first handle: the one that the run is paused before, without running it, or in step mode the listen or wait node at which it is.',
        answers,
        problems,
      },
      params: runParams,
      body: advanceRunSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await advanceRun(deps, principal, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/continue',
      docs: {
        tag: 'Runs',
        summary: 'Let a run go on',
        description:
          'To its next pause point, or its end. With `nodeId` and `visit` only if it is paused there.',
        answers,
        problems,
      },
      params: runParams,
      body: continueRunSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await continueRun(deps, principal, params.runId, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/runs/:runId/pause-points',
      docs: {
        tag: 'Runs',
        summary: 'Replace the pause points of a run',
        description:
          'The ids of the nodes before which it pauses, in any mode. What it is doing at the moment goes on.',
        answers,
        problems: ['run_finished'],
      },
      params: runParams,
      body: setPausePointsSchema,
      handle: async ({ principal, params, body }) => ({
        status: 202,
        body: await setPausePoints(deps, principal, params.runId, body),
      }),
    }),
  ];
}
