import { html, type Html } from './html.js';

/** Where the style of the pages is served. */
export const stylePath = '/api/docs/style.css';

/** A whole page. It works without JavaScript; the script only takes over the chosen theme. */
export function layout(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · CRMFlow</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${stylePath}" />
        <script src="/theme.js"></script>
      </head>
      <body>
        ${body}
      </body>
    </html> `.html;
}
