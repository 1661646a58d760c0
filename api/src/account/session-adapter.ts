import type { Adapter, DatabaseSession } from 'lucia';
import type { Deps } from '../deps.js';
import { hashOfToken } from '../secret-token.js';
import { badCredentials } from './passwords.js';

/** What is kept of the client that opened a session, so that people recognise it in a list. */
export type SessionClient = { ip: string; userAgent: string };

/** A new session: by whom, and the hash that the password was checked against. */
type NewSession = SessionClient & { passwordHash: string };

declare module 'lucia' {
  interface Register {
    DatabaseSessionAttributes: Partial<NewSession>;
    DatabaseUserAttributes: object;
  }
}

type Row = { userId: string; expiresAt: Date };

const toSession = (row: Row, token: string): DatabaseSession => ({
  id: token,
  userId: row.userId,
  expiresAt: row.expiresAt,
  attributes: {},
});

/** Lucia's storage on our tables. What Lucia calls a session's id is the token; we store its hash. */
export function createSessionAdapter({ db, pool }: Pick<Deps, 'db' | 'pool'>): Adapter {
  return {
    async getSessionAndUser(token) {
      // Every request comes by here, so it takes the quick way.
      const { rows } = await pool.query<Row>({
        name: 'session',
        text: 'SELECT "userId", "expiresAt" FROM "Session" WHERE id = $1',
        values: [hashOfToken(token)],
      });
      const [row] = rows;
      return row === undefined
        ? [null, null]
        : [toSession(row, token), { id: row.userId, attributes: {} }];
    },
    async getUserSessions(userId) {
      const rows = await db.session.findMany({ where: { userId } });
      return rows.map((row) => toSession(row, row.id));
    },
    async setSession({ id, userId, expiresAt, attributes: { ip, userAgent, passwordHash } }) {
      // A password that is being changed at this moment is waited for: then this opens nothing, or
      // the change ends the session.
      const { rowCount } = await pool.query(
        `WITH owner AS (
           SELECT id FROM "User"
            WHERE id = $2 AND "passwordHash" = $6 AND "deletingSince" IS NULL FOR SHARE)
         INSERT INTO "Session" (id, "userId", "expiresAt", ip, "userAgent")
         SELECT $1, id, $3, $4, $5 FROM owner`,
        [hashOfToken(id), userId, expiresAt, ip, userAgent, passwordHash],
      );
      if (rowCount === 0) throw badCredentials();
    },
    async updateSessionExpiration(token, expiresAt) {
      await db.session.updateMany({
        where: { id: hashOfToken(token) },
        data: { expiresAt, lastSeenAt: new Date() },
      });
    },
    async deleteSession(token) {
      await db.session.deleteMany({ where: { id: hashOfToken(token) } });
    },
    async deleteUserSessions(userId) {
      await db.session.deleteMany({ where: { userId } });
    },
    async deleteExpiredSessions() {
      await db.session.deleteMany({ where: { expiresAt: { lte: new Date() } } });
    },
  };
}
