import { html, type Html } from '../../pages/html.js';
import { layout } from '../../pages/layout.js';
import { markdown } from '../../pages/markdown.js';
import type { OpenApiDocument } from '../document.js';
import type { JsonSchema } from '../json-schemas.js';
import { type Listed, methodBadge, operationView } from './operation-view.js';
import { schemaView } from './schema-view.js';
import { eventAnchor, socketsView } from './sockets-view.js';
import { schemaAnchor } from './type-view.js';

type Chapter = { name: string; description: string; operations: Listed[] };

function chaptersOf({ tags, paths }: OpenApiDocument): Chapter[] {
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return tags.map(({ name, description }) => ({
    name,
    description,
    operations: listed.filter(({ operation }) => (operation['tags'] as string[])[0] === name),
  }));
}

const chapterAnchor = (name: string) => `chapter-${name}`;
const text = (value: unknown) => String(value);

const group = (title: string, anchor: string, entries: readonly Html[]) => html`
  <li>
    <a class="group" href="#${anchor}">${title}</a>
    <ul>
      ${entries.map((one) => html`<li>${one}</li>`)}
    </ul>
  </li>
`;

function contents(document: OpenApiDocument, chapters: readonly Chapter[]): Html {
  const { toServer, toClient } = document['x-socket-events'];
  const eventLink = ({ name }: { name: string }) =>
    html`<a href="#${eventAnchor(name)}"><code>${name}</code></a>`;
  const groups = [
    ...chapters.map(({ name, operations }) =>
      group(
        name,
        chapterAnchor(name),
        operations.map(
          ({ method, operation }) =>
            html`<a href="#${text(operation['operationId'])}"
              ><span>${text(operation['summary'])}</span>${methodBadge(method)}</a
            >`,
        ),
      ),
    ),
    group('Client to server', 'to-server', toServer.map(eventLink)),
    group('Server to client', 'to-client', toClient.map(eventLink)),
    group(
      'Schemas',
      'schemas',
      Object.keys(document.components.schemas).map(
        (name) => html`<a href="#${schemaAnchor(name)}">${name}</a>`,
      ),
    ),
  ];
  return html`<ul>
    ${groups}
  </ul>`;
}

function schemasView(schemas: Record<string, JsonSchema>): Html {
  return html`<section class="chapter" id="schemas"><h2>Schemas</h2></section>
    ${Object.entries(schemas).map(
      ([name, schema]) => html`
        <section class="operation" id="${schemaAnchor(name)}">
          <h3><a href="#${schemaAnchor(name)}">${name}</a></h3>
          ${schemaView(schema)}
        </section>
      `,
    )}`;
}

function chapterView({ name, description, operations }: Chapter): Html {
  return html`<section class="chapter" id="${chapterAnchor(name)}">
      <h2>${name}</h2>
      <p>${description}</p>
    </section>
    ${operations.map(operationView)}`;
}

/** The document as a page to read: all of it at once, so that the browser's search finds it. */
export function documentPage(document: OpenApiDocument): string {
  const chapters = chaptersOf(document);
  const list = contents(document, chapters);
  return layout(
    'API',
    html`
      <a class="skip" href="#content">Skip the table of contents</a>
      <header class="top">
        <a class="brand" href="/">CRMFlow</a>
        <span class="muted">API ${document.info.version}</span>
        <a class="raw" href="/api/openapi.json">OpenAPI document</a>
      </header>
      <div class="columns">
        <nav class="contents" aria-label="Contents">${list}</nav>
        <main id="content">
          <h1>The API of CRMFlow</h1>
          <div class="intro">${markdown(document.info.description)}</div>
          <details class="contents-small">
            <summary>Contents</summary>
            <nav aria-label="Contents">${list}</nav>
          </details>
          ${chapters.map(chapterView)} ${socketsView(document['x-socket-events'])}
          ${schemasView(document.components.schemas)}
        </main>
      </div>
    `,
  );
}
