import { limits } from '@crmflow/contracts';
import type { ReadDocument } from '@crmflow/db';
import { shownUrl } from '../../egress/egress-error.js';
import type { Egress, EgressResponse } from '../../egress/egress.js';
import { KnowledgeError } from '../knowledge-error.js';
import type { DocumentReader } from '../reader/read-document.js';
import { requireRobots, userAgent } from './robots.js';

const timeoutMs = 20_000;
const accept = 'text/html, application/xhtml+xml, text/plain;q=0.8, text/markdown;q=0.8';
const retried = new Set([408, 425, 429]);

function requireGood({ status }: EgressResponse, shown: string): void {
  if (status < 400) return;
  const retryable = status >= 500 || retried.has(status);
  throw new KnowledgeError('http_status', `${shown} returned status ${status}.`, {
    retryable,
  });
}

/**
 * Reads the main text of a page of the web, through the egress guard, where the site's robots.txt
 * allows it: that of the address, and that of where redirects lead to.
 * @throws KnowledgeError, EgressError
 */
export async function readPage(
  { egress, reader }: { egress: Egress; reader: DocumentReader },
  url: string,
  signal: AbortSignal,
): Promise<ReadDocument> {
  // What is no address of the web is told by the guard.
  if (/^https?:/i.test(url) && URL.canParse(url))
    await requireRobots({ egress, reader }, new URL(url), signal);
  const response = await egress.fetch({
    ...{ method: 'GET', url, timeoutMs, maxBytes: limits.pageBytes, signal },
    headers: { accept, 'user-agent': userAgent },
  });
  const there = new URL(response.url);
  const shown = shownUrl(there);
  if (there.href !== new URL(url).href) await requireRobots({ egress, reader }, there, signal);
  requireGood(response, shown);
  const contentType = response.headers['content-type'] ?? 'text/html';
  return reader.readDocument({ kind: 'page', contentType, shown }, response.body, { signal });
}
