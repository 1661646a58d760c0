import { publish, transaction } from '@crmflow/db';
import { Lucia, TimeSpan } from 'lucia';
import type { Deps } from '../deps.js';
import { createCookie, type OwnCookie } from './cookies.js';
import type { UserPrincipal } from '../access/principal.js';
import { hashOfToken } from '../secret-token.js';
import { createSessionAdapter, type SessionClient } from './session-adapter.js';

/** Sessions of users: seven days, sliding. The only place that knows Lucia. */
export type Sessions = {
  /**
   * Opens a session for somebody whose password was checked.
   * @param passwordHash what it was checked against
   * @returns the token, which is told once and stored nowhere
   * @throws AppError `bad_credentials` where the password was changed since, or the account deleted
   */
  open(account: { id: string; passwordHash: string }, client: SessionClient): Promise<string>;
  /** Whose token it is; prolongs the session once half of its time is over. */
  find(token: string): Promise<UserPrincipal | null>;
  /** Ends a session and tells every process, so that its sockets end too. */
  close(principal: UserPrincipal): Promise<void>;
  /** Which of these ids of sessions and API tokens are still valid. */
  alive(sessionIds: readonly string[]): Promise<Set<string>>;
  /** Carries the token. It outlives the session: when that ends is decided here, not in browsers. */
  cookie: OwnCookie;
};

/** Sessions in the database. */
export function createSessions({
  db,
  pool,
  config,
}: Pick<Deps, 'db' | 'pool' | 'config'>): Sessions {
  const adapter = createSessionAdapter({ db, pool });
  const lucia = new Lucia(adapter, { sessionExpiresIn: new TimeSpan(7, 'd') });
  return {
    async open({ id, passwordHash }, client) {
      const { id: token } = await lucia.createSession(id, { ...client, passwordHash });
      return token;
    },
    async find(token) {
      const { session } = await lucia.validateSession(token);
      if (session === null) return null;
      return { kind: 'user', userId: session.userId, sessionId: hashOfToken(token) };
    },
    async close({ sessionId }) {
      await transaction(pool, async (client) => {
        await client.query('DELETE FROM "Session" WHERE id = $1', [sessionId]);
        await publish(client, { kind: 'session-ended', sessionIds: [sessionId] });
      });
    },
    async alive(sessionIds) {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM "Session" WHERE id = ANY ($1) AND "expiresAt" > now() UNION ALL
         SELECT id FROM "ApiToken" WHERE id = ANY ($1) AND "expiresAt" > now()`,
        [sessionIds],
      );
      return new Set(rows.map((row) => row.id));
    },
    cookie: createCookie(config, 'session', ['crmflow_session']),
  };
}
