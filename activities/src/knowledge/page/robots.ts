import type { Egress } from '../../egress/egress.js';
import { KnowledgeError } from '../knowledge-error.js';
import type { DocumentReader } from '../reader/read-document.js';
import { robotName } from './robots-rules.js';

/** What sites see in their logs. */
export const userAgent = `${robotName}/1.0 (reads pages that its users name)`;

const timeoutMs = 10_000;
const maxBytes = 512_000;

/**
 * Asks the robots.txt of a page's site whether the page may be read. A site that has none allows
 * it; one whose robots.txt fails on its side is asked again later (RFC 9309).
 * @throws KnowledgeError `robots_refused`, `http_status`; EgressError
 */
export async function requireRobots(
  { egress, reader }: { egress: Egress; reader: DocumentReader },
  page: URL,
  signal: AbortSignal,
): Promise<void> {
  const url = new URL('/robots.txt', page.origin).href;
  const response = await egress.fetch({
    ...{ method: 'GET', url, timeoutMs, maxBytes, signal },
    headers: { 'user-agent': userAgent },
  });
  if (response.status >= 500) {
    const message = `${url} returned status ${response.status}. The site is not read until its robots.txt is available.`;
    throw new KnowledgeError('http_status', message, { retryable: true });
  }
  if (response.status >= 400) return;
  if (await reader.askRobots(response.body, { url, page: page.href }, signal)) return;
  throw new KnowledgeError(
    'robots_refused',
    `The robots.txt of ${page.origin} does not allow ${robotName} to read ${page.pathname.slice(0, 200)}.`,
  );
}
