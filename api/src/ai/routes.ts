import {
  aiModelPageSchema,
  flowSchema,
  issueError,
  generatedSchema,
  generateSchema,
  generateFlowSchema,
} from '@crmflow/contracts';
import { checkAnswerSchema } from '@crmflow/expressions';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { wantsEvents } from '../http/event-stream.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { generate } from './generate.js';
import { modelProblems } from './problems.js';
import { generateFlow, type OnStage } from './flow/generate-flow.js';
import { readWorkspaceFacts } from './flow/workspace-facts.js';

/** The longest that an answer may take, whatever comes of it. */
const patienceMs = 300_000;

function requireKnownSchema(schema: Parameters<typeof checkAnswerSchema>[0]): void {
  const errors = checkAnswerSchema(schema).map((issue) => issueError(issue, 'schema'));
  if (errors.length === 0) return;
  throw new AppError(
    'invalid',
    'The model does not support this schema. See `errors` for each keyword to change.',
    { errors },
  );
}

/** `/api/ai/…`: the model, outside of a run. */
export function aiRoutes(deps: Pick<Deps, 'ai' | 'db' | 'pool' | 'embed' | 'config'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/ai/models',
      right: 'ai.use',
      docs: {
        tag: 'AI',
        summary: 'List models',
        description:
          'Lists the models available to your Gemini key, or to the key of the installation if you have none. Use it to check that a key works.',
        answers: { 200: aiModelPageSchema },
        problems: [...modelProblems],
      },
      limit: createUserLimit(deps, 'models'),
      async handle({ access: { workspaceId } }) {
        const items = await deps.ai.models({ workspaceId }, AbortSignal.timeout(patienceMs));
        return { status: 200, body: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/api/ai/generate',
      right: 'ai.use',
      docs: {
        tag: 'AI',
        summary: 'Ask the model',
        description:
          'Sends one prompt and returns one response. With `Accept: text/event-stream` the response is streamed: `chunk` {text} events, then one `done` with the full response, or one `error` with the problem document.',
        example: { prompt: 'A friendly sentence that asks for an email address.' },
        answers: {
          200: { 'application/json': generatedSchema, 'text/event-stream': z.string() },
        },
        problems: ['ai_schema_mismatch', 'ai_empty', ...modelProblems],
      },
      limit: createUserLimit(deps, 'generate'),
      body: generateSchema,
      async handle({ access, body, request }) {
        requireKnownSchema(body.schema);
        if (wantsEvents(request)) {
          return {
            status: 200,
            async stream(send, signal) {
              const onText = (text: string) => send('chunk', { text });
              send('done', await generate(deps, access, body, { signal, onText }));
            },
          };
        }
        const signal = AbortSignal.timeout(patienceMs);
        const answer = await generate(deps, access, body, { signal, onText: () => undefined });
        return { status: 200, body: answer };
      },
    }),
    route({
      method: 'post',
      path: '/api/ai/generate-workflow',
      right: 'ai.use',
      docs: {
        tag: 'AI',
        summary: 'Generate a flow',
        description:
          'Writes a flow from a description, or changes the flow in the request. The result is checked as on publish, corrected once if it has errors, and laid out. It is not saved: send it to POST /api/workflows to save it. With `Accept: text/event-stream` progress is streamed: `progress` {stage, characters?} events, then one `done` {workflow, problems, usage}, or one `error` with the problem document.',
        example: { prompt: 'Qualify leads for a dental clinic and book a call.' },
        answers: { 200: { 'application/json': flowSchema, 'text/event-stream': z.string() } },
        problems: ['ai_flow_invalid', 'ai_empty', ...modelProblems],
      },
      limit: createUserLimit(deps, 'generate-workflow'),
      body: generateFlowSchema,
      async handle({ access: { workspaceId }, body, request }) {
        const facts = await readWorkspaceFacts(deps.db, workspaceId);
        if (wantsEvents(request)) {
          return {
            status: 200,
            async stream(send, signal) {
              const onStage: OnStage = (stage, characters) =>
                send('progress', { stage, ...(characters !== undefined && { characters }) });
              const writing = { workspaceId, facts, signal, onStage };
              send('done', await generateFlow(deps.ai, body, writing));
            },
          };
        }
        const signal = AbortSignal.timeout(patienceMs);
        const writing = { workspaceId, facts, signal, onStage: () => undefined };
        const { workflow } = await generateFlow(deps.ai, body, writing);
        return { status: 200, body: workflow };
      },
    }),
  ];
}
