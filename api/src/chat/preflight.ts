import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { findChat, noSuchChat, requireSite } from './chats.js';
import { proofHeader } from './proof-of-work.js';

/** Answers what browsers ask before a page of another site uses a chat. */
export const answerPreflight =
  ({ pool, origins }: { pool: Pool; origins: readonly string[] }): RequestHandler =>
  async ({ headers, params }, response, next) => {
    // Origins of the installation are answered as everywhere else in the API.
    if (headers.origin !== undefined && origins.includes(headers.origin)) {
      next();
      return;
    }
    const { slug } = params as { slug: string };
    const chat = await findChat(pool, slug);
    if (!chat) throw noSuchChat();
    const origin = requireSite(chat, headers, origins);
    response.vary('Origin');
    if (origin !== null) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Methods': 'GET, POST, DELETE',
        'Access-Control-Allow-Headers': `Authorization, Content-Type, Last-Event-ID, ${proofHeader}`,
        'Access-Control-Max-Age': '600',
      });
    }
    response.status(204).end();
  };
