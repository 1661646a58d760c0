import { limits, storable } from '@crmflow/contracts';
import { blocksOfText, type Block, type ReadDocument } from '@crmflow/db';
import { shownUrl } from '../../egress/egress-error.js';
import type { Egress, EgressResponse } from '../../egress/egress.js';
import { KnowledgeError } from '../knowledge-error.js';
import { blocksOfPage } from './blocks-of-page.js';
import { decodePage } from './decode-page.js';
import { isShallowPage } from './is-shallow-page.js';
import { requireRobots, userAgent } from './robots.js';

const timeoutMs = 20_000;
const accept = 'text/html, application/xhtml+xml, text/plain;q=0.8, text/markdown;q=0.8';
const retried = new Set([408, 425, 429]);
const maxTitle = 200;

function requireGood({ status }: EgressResponse, shown: string): void {
  if (status < 400) return;
  const retryable = status >= 500 || retried.has(status);
  throw new KnowledgeError('http_status', `${shown} answered with status ${status}.`, {
    retryable,
  });
}

function read(response: EgressResponse, shown: string): { title: string; blocks: Block[] } {
  const header = response.headers['content-type'] ?? 'text/html';
  const type = header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const decode = () => storable(decodePage(header, response.body, shown));
  if (type === 'text/html' || type === 'application/xhtml+xml') {
    const html = decode();
    if (isShallowPage(html)) return blocksOfPage(html);
    const message = `${shown} nests its elements deeper than any page for people does.`;
    throw new KnowledgeError('page_not_html', message);
  }
  if (type === 'text/plain' || type === 'text/markdown') {
    return { title: '', blocks: blocksOfText(decode()) };
  }
  throw new KnowledgeError(
    'page_not_html',
    `${shown} answered with ${type.slice(0, 60)}: only pages (HTML) and plain text can be read.`,
  );
}

/**
 * Reads the main text of a page of the web, through the egress guard, where the site's robots.txt
 * allows it: that of the address, and that of where redirects lead to.
 * @throws KnowledgeError, EgressError
 */
export async function readPage(
  egress: Egress,
  url: string,
  signal: AbortSignal,
): Promise<ReadDocument> {
  // What is no address of the web is told by the guard.
  if (/^https?:/i.test(url) && URL.canParse(url)) await requireRobots(egress, new URL(url), signal);
  const response = await egress.fetchThrough({
    ...{ method: 'GET', url, timeoutMs, maxBytes: limits.pageBytes, signal },
    headers: { accept, 'user-agent': userAgent },
  });
  const there = new URL(response.url);
  const shown = shownUrl(there);
  if (there.href !== new URL(url).href) await requireRobots(egress, there, signal);
  requireGood(response, shown);
  const { title, blocks } = read(response, shown);
  if (!blocks.some(({ text }) => /\p{L}{2}/u.test(text))) {
    throw new KnowledgeError(
      'no_text',
      `${shown} has no text: it may be made by scripts in the browser. Enter its text by hand.`,
    );
  }
  const name = title.slice(0, maxTitle);
  return {
    blocks: name === '' ? blocks : [{ kind: 'heading', level: 0, text: name }, ...blocks],
    ...(name !== '' && { name }),
  };
}
