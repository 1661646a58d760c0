import {
  aiModelPageSchema,
  flowSchema,
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

/** The longest that an answer may take, whatever comes of it. */
const patienceMs = 300_000;

function requireKnownSchema(schema: Parameters<typeof checkAnswerSchema>[0]): void {
  const errors = checkAnswerSchema(schema).map(({ message }) => ({ path: 'schema', message }));
  if (errors.length === 0) return;
  throw new AppError('invalid', 'The model does not know such a schema; see errors.', { errors });
}

/** `/api/ai/…`: the model, outside of a run. */
export function aiRoutes(deps: Pick<Deps, 'ai' | 'db' | 'pool' | 'embed' | 'config'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/ai/models',
      docs: {
        tag: 'AI',
        summary: 'List models',
        description:
          'Those that your key for Gemini may use, or that of the installation where you have none. A way to find out whether the key works.',
        answers: { 200: aiModelPageSchema },
        problems: ['rate_limited', ...modelProblems],
      },
      limit: createUserLimit(deps, 'models'),
      async handle({ principal: { userId } }) {
        const items = await deps.ai.models({ userId }, AbortSignal.timeout(patienceMs));
        return { status: 200, body: { items, nextCursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/api/ai/generate',
      docs: {
        tag: 'AI',
        summary: 'Ask the model',
        description:
          'One answer to one prompt. With `Accept: text/event-stream` it is streamed: events `chunk` {text}, then one `done` with what is answered otherwise, or one `error` with the problem.',
        example: { prompt: 'A friendly sentence that asks for an e-mail address.' },
        answers: {
          200: { 'application/json': generatedSchema, 'text/event-stream': z.string() },
        },
        problems: ['rate_limited', 'ai_schema_mismatch', 'ai_empty', ...modelProblems],
      },
      limit: createUserLimit(deps, 'generate'),
      body: generateSchema,
      async handle({ principal: { userId }, body, request }) {
        requireKnownSchema(body.schema);
        if (wantsEvents(request)) {
          return {
            status: 200,
            async tell(send, signal) {
              const onText = (text: string) => send('chunk', { text });
              send('done', await generate(deps, userId, body, { signal, onText }));
            },
          };
        }
        const signal = AbortSignal.timeout(patienceMs);
        const answer = await generate(deps, userId, body, { signal, onText: () => undefined });
        return { status: 200, body: answer };
      },
    }),
    route({
      method: 'post',
      path: '/api/ai/generate-workflow',
      docs: {
        tag: 'AI',
        summary: 'Have a flow written',
        description:
          'By a few words, or by changing a flow that is sent along. It is checked as publishing would, mended once, and laid out; it is not saved: send it to POST /api/workflows for that. With `Accept: text/event-stream` it is told how far it is: events `progress` {stage, characters?}, then one `done` {workflow, problems, usage}, or one `error` with the problem.',
        example: { prompt: 'Qualify leads for a dental clinic and book a call.' },
        answers: { 200: { 'application/json': flowSchema, 'text/event-stream': z.string() } },
        problems: ['rate_limited', 'ai_flow_invalid', 'ai_empty', ...modelProblems],
      },
      limit: createUserLimit(deps, 'generate-workflow'),
      body: generateFlowSchema,
      async handle({ principal: { userId }, body, request }) {
        if (wantsEvents(request)) {
          return {
            status: 200,
            async tell(send, signal) {
              const onStage: OnStage = (stage, characters) =>
                send('progress', { stage, ...(characters !== undefined && { characters }) });
              const writing = { userId, signal, onStage };
              send('done', await generateFlow(deps.ai, body, writing));
            },
          };
        }
        const signal = AbortSignal.timeout(patienceMs);
        const writing = { userId, signal, onStage: () => undefined };
        const { workflow } = await generateFlow(deps.ai, body, writing);
        return { status: 200, body: workflow };
      },
    }),
  ];
}
