/** The fetch standard's bad ports from 1024, and those of databases, queues and remote control. */
const refused = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080, 1433, 1521, 2181, 2375, 3306, 3389, 5432, 5672, 5900, 6379, 7233, 9042, 9092,
  11211, 27017,
]);

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Whether HTTP may be spoken to a port: 80, 443 and those from 1024 where nothing else is known. */
export function isHttpPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && !refused.has(port));
}
