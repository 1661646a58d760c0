import type { ConversationPerson } from '@crmflow/contracts';
import { publish } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Access, Authorize } from '../access/authorize.js';
import { AppError } from '../errors/app-error.js';
import { enterPlace, requireRoomFor } from './open-places.js';
import type { Presence } from './presence.js';
import type { RealtimeSocket } from './sockets.js';

const notOpen = () =>
  new AppError('not_found', 'This connection does not have the conversation open.');

const notWatched = () => new AppError('not_found', 'This connection does not watch the inbox.');

const close = 'Close some.';

const inboxPrefix = 'inbox:';

/** The room of the sockets that watch the inbox of a workspace in this process. */
export const inboxRoom = (workspaceId: string) => inboxPrefix + workspaceId;

/** The workspaces whose inboxes are watched, by the names of rooms. */
export const inboxesIn = (rooms: Iterable<string>): string[] =>
  [...rooms].flatMap((room) =>
    room.startsWith(inboxPrefix) ? [room.slice(inboxPrefix.length)] : [],
  );

/** The room of the sockets that have a conversation open in this process. */
export const conversationRoom = (conversationId: string) => `conversation:${conversationId}`;

/** A conversation as a place where people are, and back. */
export const placeOf = (workspaceId: string, conversationId: string) =>
  `${workspaceId} ${conversationId}`;
export const ofPlace = (place: string) => {
  const [workspaceId = '', conversationId = ''] = place.split(' ');
  return { workspaceId, conversationId };
};

/** The inboxes that a socket watches, and the conversations that it has open. */
export type OpenConversations = {
  /** @throws AppError `not_found`, `forbidden`, `rate_limited` */
  watch(workspaceId: string): Promise<void>;
  /** @throws AppError `not_found` where it is not watched */
  unwatch(workspaceId: string): Promise<void>;
  /** @throws AppError `not_found`, `forbidden`, `rate_limited` */
  open(conversationId: string): Promise<{ personId: string; people: ConversationPerson[] }>;
  /** @throws AppError `not_found` where it is not open */
  type(conversationId: string, isTyping: boolean): Promise<void>;
  /** @throws AppError `not_found` where it is not open */
  close(conversationId: string): Promise<void>;
  closeAll(): void;
};

/** Lets a socket watch inboxes and open conversations, so that others see it there. */
export function createOpenConversations(
  socket: RealtimeSocket,
  {
    pool,
    authorize,
    readers,
  }: { pool: Pool; authorize: Authorize; readers: Presence<ConversationPerson> },
): OpenConversations {
  const inboxes = new Set<string>();
  const open = new Map<string, Access>();

  async function nameOf(userId: string): Promise<string> {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT coalesce(nullif(name, ''), email) AS name FROM "User" WHERE id = $1`,
      [userId],
    );
    return rows[0]?.name ?? '';
  }

  /** Whether the visitor is to see that somebody of the team writes: it is who leads. */
  async function leads(conversationId: string): Promise<boolean> {
    const { rowCount } = await pool.query(
      `SELECT FROM "Conversation" WHERE id = $1 AND control = 'human' AND "heldBy" = $2`,
      [conversationId, socket.data.principal.userId],
    );
    return rowCount === 1;
  }

  return {
    async watch(workspaceId) {
      requireRoomFor(workspaceId, inboxes, { what: 'inboxes', close });
      const { principal, workspaces } = socket.data;
      await authorize(principal, 'contact.read', { kind: 'workspace', id: workspaceId });
      workspaces.add(workspaceId);
      inboxes.add(workspaceId);
      await socket.join(inboxRoom(workspaceId));
    },
    async unwatch(workspaceId) {
      if (!inboxes.delete(workspaceId)) throw notWatched();
      await socket.leave(inboxRoom(workspaceId));
    },
    async open(conversationId) {
      requireRoomFor(conversationId, open, { what: 'conversations', close });
      const { principal, workspaces } = socket.data;
      const resource = { kind: 'conversation', id: conversationId } as const;
      const access = await authorize(principal, 'contact.read', resource);
      workspaces.add(access.workspaceId);
      await socket.join(conversationRoom(conversationId));
      open.set(conversationId, access);
      const { userId } = principal;
      const user = { userId, name: await nameOf(userId), isTyping: false };
      return enterPlace(socket, readers, placeOf(access.workspaceId, conversationId), user);
    },
    async type(conversationId, isTyping) {
      const access = open.get(conversationId);
      if (!access) throw notOpen();
      const { workspaceId } = access;
      if (!access.may('conversation.answer')) return;
      readers.change(socket.id, placeOf(workspaceId, conversationId), { isTyping });
      if (!isTyping || !(await leads(conversationId))) return;
      await publish(pool, { kind: 'typing', workspaceId, conversationId, by: 'operator' });
    },
    async close(conversationId) {
      const access = open.get(conversationId);
      if (!access) throw notOpen();
      open.delete(conversationId);
      readers.leave(socket.id, placeOf(access.workspaceId, conversationId));
      await socket.leave(conversationRoom(conversationId));
    },
    closeAll() {
      open.clear();
      inboxes.clear();
      readers.leave(socket.id);
    },
  };
}
