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
