import type { Deps } from '../deps.js';

const hourMs = 60 * 60 * 1000;

/** Removes expired sessions once an hour. @returns what ends that */
export function removeExpiredSessions({
  sessions,
  logger,
}: Pick<Deps, 'sessions' | 'logger'>): () => void {
  const remove = () =>
    sessions
      .removeExpired()
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'Expired sessions could not be removed; retrying'),
      );
  const timer = setInterval(() => void remove(), hourMs);
  return () => clearInterval(timer);
}
