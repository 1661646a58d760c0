import {
  changeKnowledgeSchema,
  foundKnowledgeSchema,
  knowledgeDetailSchema,
  knowledgeItemSchema,
  knowledgePageSchema,
  limits,
  listQuerySchema,
  manualEntrySchema,
  readKnowledgeSchema,
  scrapeSchema,
  searchKnowledgeSchema,
} from '@crmflow/contracts';
import { createUrlJudge } from '@crmflow/activities/judge-url';
import { retrieve } from '@crmflow/db';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import { idParams } from '../http/id-params.js';
import { createGate } from '../http/gate.js';
import { createReadUpload, uploadSchema } from '../http/read-upload.js';
import { type Route, route } from '../http/route.js';
import { createUserLimit } from '../rate-limits/user-limits.js';
import { createAddItems } from './add-items.js';
import { createExtraction } from './extraction.js';
import { createItems } from './items.js';

/** Each is in memory twice for a moment. */
const uploadsAtOnce = { atOnce: 4, perUser: 2, waiting: 50, patienceMs: 60_000 };

const isReadLater = 'The source is read in the background: see `status`, `progress` and `error`.';

/** `/api/knowledge`: what ai nodes may look up. */
export function knowledgeRoutes(
  deps: Pick<
    Deps,
    'db' | 'pool' | 'temporal' | 'config' | 'logger' | 'embed' | 'reads' | 'budgets'
  >,
): Route[] {
  const extraction = createExtraction(deps);
  const items = createItems({ ...deps, extraction });
  const add = createAddItems({
    ...deps,
    extraction,
    judgeUrl: createUrlJudge(deps.config.egressAllow),
  });
  const { pool, embed } = deps;
  const uploads = createGate(uploadsAtOnce);
  return [
    route({
      method: 'get',
      path: '/api/knowledge',
      right: 'knowledge.read',
      docs: {
        tag: 'Knowledge',
        summary: 'List knowledge sources',
        description: 'Newest first.',
        answers: { 200: knowledgePageSchema },
      },
      gate: deps.reads,
      query: listQuerySchema,
      handle: async ({ access, query }) => ({
        status: 200,
        body: await items.list(access.workspaceId, query),
      }),
    }),
    route({
      method: 'post',
      path: '/api/knowledge/pdf',
      right: 'knowledge.change',
      docs: {
        tag: 'Knowledge',
        summary: 'Upload a PDF',
        description: `Up to ${limits.uploadBytes / 1_000_000} MB. ${isReadLater}`,
        answers: { 201: knowledgeItemSchema },
        problems: ['not_a_pdf', 'knowledge_full', 'installation_full'],
        bodyType: 'multipart/form-data',
      },
      limit: createUserLimit(deps, 'upload'),
      gate: uploads,
      body: z.object({ file: uploadSchema }),
      read: createReadUpload(limits.uploadBytes),
      handle: async ({ access, body }) => ({
        status: 201,
        body: await add.pdf(access, body.file),
      }),
    }),
    route({
      method: 'post',
      path: '/api/knowledge/scrape',
      right: 'knowledge.change',
      docs: {
        tag: 'Knowledge',
        summary: 'Add a web page',
        description: `Reads the main text of the page, if the site's robots.txt allows it. ${isReadLater}`,
        answers: { 201: knowledgeItemSchema },
        problems: ['egress_refused', 'knowledge_full', 'installation_full'],
        example: { url: 'https://example.com/help' },
      },
      limit: createUserLimit(deps, 'scrape'),
      body: scrapeSchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await add.page(access, body.url),
      }),
    }),
    route({
      method: 'post',
      path: '/api/knowledge/manual',
      right: 'knowledge.change',
      docs: {
        tag: 'Knowledge',
        summary: 'Add a text, or a question with its answer',
        description: 'Answers once searches find it, or after 5 seconds.',
        answers: { 201: knowledgeItemSchema },
        problems: ['knowledge_full', 'installation_full'],
        example: { question: 'Do you ship abroad?', answer: 'Yes, to all of Europe.' },
      },
      limit: createUserLimit(deps, 'entry'),
      body: manualEntrySchema,
      handle: async ({ access, body }) => ({
        status: 201,
        body: await add.entry(access, body),
      }),
    }),
    route({
      method: 'post',
      path: '/api/knowledge/search',
      right: 'knowledge.read',
      docs: {
        tag: 'Knowledge',
        summary: 'Search for passages',
        description: 'Returns the passages that an ai node would be given for this question.',
        answers: { 200: foundKnowledgeSchema },
        example: { query: 'How long can I return goods?', limit: 3 },
      },
      gate: deps.reads,
      limit: createUserLimit(deps, 'search'),
      body: searchKnowledgeSchema,
      handle: async ({ access: { workspaceId }, body: { query, limit, items: itemIds } }) => ({
        status: 200,
        body: await retrieve({ pool, embed }, { workspaceId, queries: [query], limit, itemIds }),
      }),
    }),
    route({
      method: 'get',
      path: '/api/knowledge/:id',
      right: 'knowledge.read',
      of: 'source',
      docs: {
        tag: 'Knowledge',
        summary: 'Read a source and its passages',
        answers: { 200: knowledgeDetailSchema },
      },
      gate: deps.reads,
      params: idParams,
      query: readKnowledgeSchema,
      handle: async ({ params, query }) => ({
        status: 200,
        body: await items.read(params.id, query.from),
      }),
    }),
    route({
      method: 'put',
      path: '/api/knowledge/:id',
      right: 'knowledge.change',
      of: 'source',
      docs: {
        tag: 'Knowledge',
        summary: 'Update a source',
        answers: { 200: knowledgeItemSchema },
        example: { enabled: false },
      },
      limit: createUserLimit(deps, 'change-knowledge'),
      params: idParams,
      body: changeKnowledgeSchema,
      handle: async ({ params, body }) => ({
        status: 200,
        body: await items.change(params.id, body),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/knowledge/:id',
      right: 'knowledge.change',
      of: 'source',
      docs: { tag: 'Knowledge', summary: 'Delete a source', answers: { 204: null } },
      params: idParams,
      async handle({ access, params }) {
        await items.remove(access, params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/api/knowledge/:id/refresh',
      right: 'knowledge.change',
      of: 'source',
      docs: {
        tag: 'Knowledge',
        summary: 'Read a source again',
        description:
          'The previous text stays searchable until the new one is ready, and is kept if reading fails.',
        answers: { 200: knowledgeItemSchema },
      },
      limit: createUserLimit(deps, 'scrape'),
      params: idParams,
      handle: async ({ access, params }) => ({
        status: 200,
        body: await items.refresh(access, params.id),
      }),
    }),
  ];
}
