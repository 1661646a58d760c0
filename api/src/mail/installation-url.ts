import type { Config } from '../config/config.js';

/**
 * Where people reach the installation: PUBLIC_URL, else its own address. Never a request's Host
 * header, by which anyone could have links to elsewhere mailed.
 */
export function installationUrl({
  publicUrl,
  host,
  port,
}: Pick<Config, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== undefined) return publicUrl;
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
