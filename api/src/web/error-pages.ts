import { readFileSync } from 'node:fs';
import { type ErrorCode, errorCodes } from '@crmflow/contracts';
import type { Express, Request } from 'express';
import { errorPage } from '../errors/problem.js';
import { html, type Html } from '../pages/html.js';
import { layout } from '../pages/layout.js';
import { markdown } from '../pages/markdown.js';

/** Where the page of each code is written, one Markdown file each. */
export const errorPagesFolder = new URL('../../../docs/errors/', import.meta.url);

const isCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

const page = (title: string, article: Html) =>
  layout(
    title,
    html`
      <header class="top">
        <a class="brand" href="/">CRMFlow</a>
        <a class="muted" href="/docs/errors">Error codes</a>
        <a class="raw" href="/api/docs">API</a>
      </header>
      <main class="article">${article}</main>
    `,
  );

function pageOf(code: ErrorCode): string {
  const text = readFileSync(new URL(`${code}.md`, errorPagesFolder), 'utf8');
  const [status, title] = errorCodes[code];
  const eyebrow = html`<p class="eyebrow">
    <span class="status bad">${status}</span> <code>${code}</code>
  </p>`;
  return page(title, html`${eyebrow} ${markdown(text)}`);
}

function overview(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, [status, title]]) =>
      html`<li>
        <span class="status bad">${status}</span>
        <a href="${errorPage(code)}"><code>${code}</code></a>
        <span>${title}</span>
      </li>`,
  );
  return page(
    'Error codes',
    html`<h1>Error codes</h1>
      <p>
        Every error of the API or of a run has one of these codes. They are stable: branch on them.
      </p>
      <ul class="codes">
        ${rows}
      </ul>`,
  );
}

/** What the `type` of a problem document leads to: what the error code means, and what to do. */
export function serveErrorPages(app: Express): void {
  const made = new Map<string, string>();
  const kept = (key: string, make: () => string) => {
    const text = made.get(key) ?? make();
    made.set(key, text);
    return text;
  };
  app.get('/docs/errors', (_request, response) => {
    response.type('html').send(kept('', overview));
  });
  app.get(errorPage(':code'), ({ params: { code } }: Request<{ code: string }>, response, next) => {
    if (isCode(code)) response.type('html').send(kept(code, () => pageOf(code)));
    else next();
  });
}
