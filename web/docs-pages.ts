import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { errorCodes } from '@crmflow/contracts';
import { marked } from 'marked';
import type { Plugin } from 'vite';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const resolve = (module: string) => createRequire(import.meta.url).resolve(module);

type Page = { title: string; body: string; style: string };

/** A page without a program of its own; the script only applies the theme that was chosen. */
const pageOf = ({ title, body, style }: Page) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · CRMFlow</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/${style}" />
    <script src="/theme.js"></script>
  </head>
  <body>
${body}
  </body>
</html>
`;

const article = (body: string) => `    <header class="top">
      <a class="brand" href="/">CRMFlow</a>
      <a class="muted" href="/docs/errors">Error codes</a>
      <a class="raw" href="/api/docs">API reference</a>
    </header>
    <main class="article">
${body}
    </main>`;

function errorPage(code: string, status: number): string {
  const eyebrow = `<p class="eyebrow"><span class="status">${status}</span> <code>${code}</code></p>`;
  return article(
    `${eyebrow}\n${marked.parse(read(`../docs/errors/${code}.md`), { async: false })}`,
  );
}

function errorList(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, [status, title]]) =>
      `<li><span class="status">${status}</span> <a href="/docs/errors/${code}"><code>${code}</code></a> <span>${title}</span></li>`,
  );
  return article(`<h1>Error codes</h1>
<p>Every error of the API or of a run has one of these codes. They are stable: branch on them.</p>
<ul class="codes">
${rows.join('\n')}
</ul>`);
}

const reference = (script: string) => `    <header class="top">
      <a class="brand" href="/">CRMFlow</a>
      <a class="muted" href="/docs/errors">Error codes</a>
      <a class="raw" href="/api/openapi.json">OpenAPI document</a>
    </header>
    <redoc spec-url="/api/openapi.json" hide-download-button native-scrollbars scroll-y-offset="56"></redoc>
    <script src="/${script}"></script>
    <noscript>The API reference needs JavaScript. Read the <a href="/api/openapi.json">OpenAPI document</a> instead.</noscript>`;

/** Redoc's program. The one thing that it would fetch from elsewhere is the logo of its maker. */
const redoc = () =>
  readFileSync(resolve('redoc/bundles/redoc.standalone.js'), 'utf8').replace(
    'https://cdn.redoc.ly/redoc/logo-mini.svg',
    'data:,',
  );

/**
 * Writes the pages that are no part of the web app beside it: `docs/api.html`, the API reference by
 * Redoc, and from each `docs/errors/<code>.md` the page that the `type` of a problem leads to.
 */
export function docsPages(): Plugin {
  return {
    name: 'docs-pages',
    apply: 'build',
    generateBundle() {
      const asset = (name: string, source: string) =>
        this.getFileName(this.emitFile({ type: 'asset', name, source }));
      const style = asset('docs.css', read('src/styles/tokens.css') + read('src/styles/docs.css'));
      const emit = (fileName: string, title: string, body: string) =>
        this.emitFile({ type: 'asset', fileName, source: pageOf({ title, body, style }) });
      emit('docs/api.html', 'API reference', reference(asset('redoc.js', redoc())));
      emit('docs/errors.html', 'Error codes', errorList());
      for (const name of readdirSync(new URL('../docs/errors/', import.meta.url))) {
        const code = name.replace(/\.md$/, '');
        const [status, title] = errorCodes[code as keyof typeof errorCodes];
        emit(`docs/errors/${code}.html`, title, errorPage(code, status));
      }
    },
  };
}
