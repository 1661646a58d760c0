import { publish, transaction } from '@crmflow/db';
import { type Cookie, Lucia, TimeSpan } from 'lucia';
import type { Deps } from '../deps.js';
import type { Principal } from './principal.js';
import { createSessionAdapter, type SessionAttributes, sessionIdOf } from './session-adapter.js';

/** Sessions of users: seven days, sliding. The only place that knows Lucia. */
export type Sessions = {
  /** Opens a session. @returns its token, which is told once and stored nowhere */
  open(userId: string, attributes: SessionAttributes): Promise<string>;
  /** Whose token it is; prolongs the session once half of its time is over. */
  find(token: string): Promise<Principal | null>;
  /** Ends a session and tells every process, so that its sockets end too. */
  close(principal: Principal): Promise<void>;
  /** Which of these stored session ids are still valid. */
  alive(sessionIds: readonly string[]): Promise<Set<string>>;
  /** The token in a Cookie header. */
  readCookie(header: string): string | null;
  /** A Set-Cookie value. It outlives the session: when that ends is decided here, not in browsers. */
  cookie(token: string): Cookie;
  blankCookie(): Cookie;
};

/** Sessions in the database. Where people come by https, browsers send the cookie by nothing else. */
export function createSessions({
  db,
  pool,
  config,
}: Pick<Deps, 'db' | 'pool' | 'config'>): Sessions {
  const secure = config.publicUrl?.startsWith('https:') ?? false;
  const lucia = new Lucia(createSessionAdapter({ db, pool }), {
    sessionExpiresIn: new TimeSpan(7, 'd'),
    sessionCookie: {
      name: 'crmflow_session',
      expires: false,
      attributes: { secure, sameSite: 'lax' },
    },
  });
  return {
    async open(userId, attributes) {
      const { id: token } = await lucia.createSession(userId, attributes);
      return token;
    },
    async find(token) {
      const { session } = await lucia.validateSession(token);
      if (session === null) return null;
      return { kind: 'user', userId: session.userId, sessionId: sessionIdOf(token) };
    },
    async close({ sessionId }) {
      await transaction(pool, async (client) => {
        await client.query('DELETE FROM "Session" WHERE id = $1', [sessionId]);
        await publish(client, { kind: 'session-ended', sessionIds: [sessionId] });
      });
    },
    async alive(sessionIds) {
      const rows = await db.session.findMany({
        where: { id: { in: [...sessionIds] }, expiresAt: { gt: new Date() } },
        select: { id: true },
      });
      return new Set(rows.map((row) => row.id));
    },
    readCookie: (header) => lucia.readSessionCookie(header),
    cookie: (token) => lucia.createSessionCookie(token),
    blankCookie: () => lucia.createBlankSessionCookie(),
  };
}
