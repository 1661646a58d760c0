import {
  createVisitorSchema,
  type PublicChat,
  publicChatSchema,
  visitorExportSchema,
  visitorSchema,
} from '@crmflow/contracts';
import { eraseIdentity } from '../contacts/erase.js';
import { openSecrets } from '../deployments/secrets.js';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { findVersion } from '../flows/versions/find-version.js';
import type { Route } from '../http/route.js';
import { chatRoute, visitorRoute } from './chat-route.js';
import { type Chat, requireOpen } from './chats.js';
import {
  chatParams,
  type ConversationRouteDeps,
  conversationRoutes,
} from './conversation-routes.js';
import { readIdentity } from './identity.js';
import { createChatLimiter } from './limits.js';
import { exportVisitor } from './own-data.js';
import { createProofOfWork, proofHeader } from './proof-of-work.js';
import { createAnonymous, createVerified, findVisitor, visitorToken } from './visitors.js';

function shown({ slug: address, name, isOpen, settings }: Chat, greets: boolean): PublicChat {
  const { title, welcome, colour, radius, position, avatarUrl, locale } = settings;
  const { identity, onReturn, consent, limits } = settings;
  return {
    slug: address,
    title: title || name,
    ...{ welcome, colour, radius, position, avatarUrl, locale, identity, onReturn, consent },
    messageBytes: limits.messageBytes,
    ...{ isOpen, greets },
  };
}

/** `/api/public/chat`: what the page and the widget of a chat ask. */
export function chatRoutes(given: ConversationRouteDeps & Pick<Deps, 'temporal'>): Route[] {
  const limiter = createChatLimiter(given);
  const proof = createProofOfWork(given);
  const deps = { ...given, limiter, proof };
  const { pool } = deps;
  const greets = async ({ workflowId, version }: Chat): Promise<boolean> => {
    const found = await findVersion(deps, workflowId, version === null ? {} : { version });
    return (await deps.programs.prepare(found.id)).greets;
  };
  return [
    ...conversationRoutes(deps),
    chatRoute(deps, {
      method: 'get',
      path: '/api/public/chat/:slug',
      docs: {
        tag: 'Chat',
        summary: 'Read how a chat shows itself',
        answers: { 200: publicChatSchema },
      },
      params: chatParams,
      async handle({ chat }) {
        const works = await greets(chat).catch((error: unknown) => {
          if (error instanceof AppError && error.status === 422) return null;
          throw error;
        });
        const isOpen = chat.isOpen && works !== null;
        return { status: 200, body: shown({ ...chat, isOpen }, works ?? false) };
      },
    }),
    chatRoute(deps, {
      method: 'post',
      path: '/api/public/chat/:slug/visitors',
      docs: {
        tag: 'Chat',
        summary: 'Become a visitor',
        description:
          'Returns the token that everything else takes. With an `identity` that your site has signed, the visitor is the same on every device; an anonymous visitor who sends their token along keeps what they said. `proof_required` comes with a `challenge`: solve it, and repeat the request with the solution in `X-Proof-Of-Work`.',
        answers: { 201: visitorSchema },
        problems: ['identity_invalid', 'deployment_paused', 'proof_required', 'over_limit'],
      },
      params: chatParams,
      body: createVisitorSchema,
      async handle({ chat, body: { identity }, request, address }) {
        requireOpen(chat);
        if (identity === undefined && chat.settings.identity === 'required') {
          const detail =
            'This chat is for users of its site: send the `identity` that it has signed.';
          throw new AppError('identity_invalid', detail);
        }
        const arrive = () => limiter.arrive(`${chat.id} ${address}`);
        if (identity === undefined) {
          await proof.require('visitor', chat, address, request.get(proofHeader));
          await arrive();
          return { status: 201, body: await createAnonymous(pool, chat) };
        }
        await arrive();
        const claims = await readIdentity(
          identity,
          await openSecrets(deps, chat.id, chat.workspaceId),
        );
        const token = visitorToken(request.headers.authorization);
        const before = token === null ? null : await findVisitor(pool, chat.slug, token);
        return { status: 201, body: await createVerified(pool, chat, claims, before) };
      },
    }),
    visitorRoute(deps, {
      method: 'get',
      path: '/api/public/chat/:slug/me',
      docs: {
        tag: 'Chat',
        summary: 'Download your data',
        description: 'Everything that is known of the visitor at this chat.',
        answers: { 200: visitorExportSchema },
      },
      params: chatParams,
      async handle({ visitor }) {
        return { status: 200, body: await exportVisitor(pool, visitor) };
      },
    }),
    visitorRoute(deps, {
      method: 'delete',
      path: '/api/public/chat/:slug/me',
      docs: {
        tag: 'Chat',
        summary: 'Delete your data',
        description:
          'Deletes the visitor, their conversations, and what Temporal keeps of these. The token ends.',
        answers: { 204: null },
        problems: ['temporal_unavailable'],
      },
      params: chatParams,
      async handle({ visitor }) {
        await eraseIdentity(deps, visitor.id);
        return { status: 204 };
      },
    }),
  ];
}
