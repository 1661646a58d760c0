import { AppError } from '../errors/app-error.js';

/**
 * Whether a browser's Origin header names this installation: the host that the request was sent
 * to (whatever the scheme, as a proxy may end TLS), or one of the configured origins.
 */
export function isOwnOrigin(
  origin: string,
  host: string | undefined,
  origins: readonly string[],
): boolean {
  if (origins.includes(origin)) return true;
  if (host === undefined || !URL.canParse(origin)) return false;
  const { host: originHost, protocol } = new URL(origin);
  return (protocol === 'http:' || protocol === 'https:') && originHost === host.toLowerCase();
}

/**
 * Lets pass what comes from no page, or from one of ours.
 * @throws AppError `foreign_origin`
 */
export function requireOwnOrigin(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  origins: readonly string[],
): void {
  if (origin === undefined || isOwnOrigin(origin, host, origins)) return;
  const detail = `Pages of ${origin.slice(0, 200)} are not allowed to do this. To allow them, add the origin to CORS_ORIGINS.`;
  throw new AppError('foreign_origin', detail);
}
