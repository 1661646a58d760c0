import { errorPage } from '../../errors/problem.js';
import { html, type Html } from '../../pages/html.js';
import { markdown } from '../../pages/markdown.js';
import type { JsonSchema } from '../json-schemas.js';
import { fieldView, schemaView } from './schema-view.js';

/** An operation of the document with its address. */
export type Listed = { method: string; path: string; operation: JsonSchema };

type Content = Record<string, { schema: JsonSchema; example?: unknown }>;
type Response = { description: string; content?: Content };
type Parameter = { name: string; in: string; required: boolean; schema: JsonSchema };

/** The method in its colour. */
export const methodBadge = (method: string) =>
  html`<span class="method ${method}">${method.toUpperCase()}</span>`;

function section(title: string, body: Html | false): Html | false {
  return (
    body &&
    html`<h4>${title}</h4>
      ${body}`
  );
}

function parametersView(parameters: readonly Parameter[], place: string): Html | false {
  const here = parameters.filter((one) => one.in === place);
  if (here.length === 0) return false;
  return html`<ul class="fields">
    ${here.map(({ name, schema, required }) => fieldView(name, schema, required))}
  </ul>`;
}

function contentView(content: Content): Html {
  return html`${Object.entries(content).map(
    ([type, { schema, example }]) => html`
      ${type !== 'application/json' && html`<p class="type"><code>${type}</code></p>`}
      ${schemaView(schema)}
      ${
        example !== undefined &&
        html`<details>
          <summary>Example</summary>
          <pre><code>${JSON.stringify(example, null, 2)}</code></pre>
        </details>`
      }
    `,
  )}`;
}

const isProblem = ({ content }: Response) => content?.['application/problem+json'] !== undefined;

function answersView(responses: [string, Response][]): Html {
  return html`<div class="answers">
    ${responses
      .filter(([, response]) => !isProblem(response))
      .map(
        ([status, { description, content }]) => html`
          <p><span class="status">${status}</span> ${description}</p>
          ${content ? contentView(content) : ''}
        `,
      )}
  </div>`;
}

function codesOf({ content }: Response): string[] {
  const { allOf } = content?.['application/problem+json']?.schema as {
    allOf: { properties?: { code: { enum: string[] } } }[];
  };
  return allOf.flatMap(({ properties }) => properties?.code.enum ?? []);
}

function problemsView(responses: [string, Response][]): Html {
  const rows = responses.filter(([, response]) => isProblem(response));
  return html`<ul class="problems">
    ${rows.map(
      ([status, response]) =>
        html`<li>
          <span class="status bad">${status}</span>
          ${codesOf(response).map((code) => html`<a href="${errorPage(code)}"><code>${code}</code></a> `)}
        </li>`,
    )}
  </ul>`;
}

/** All that the document says about an operation. */
export function operationView({ method, path, operation }: Listed): Html {
  const { operationId, summary, description, security } = operation as Record<string, string>;
  const parameters = (operation['parameters'] ?? []) as Parameter[];
  const body = operation['requestBody'] as { required: boolean; content: Content } | undefined;
  const responses = Object.entries(operation['responses'] as Record<string, Response>);
  return html`<section class="operation" id="${operationId ?? ''}">
    <h3><a href="#${operationId ?? ''}">${summary ?? path}</a></h3>
    <p class="address">
      ${methodBadge(method)} <code>${path}</code>
      ${security?.length === 0 && html`<span class="tag">for anyone</span>`}
    </p>
    ${description !== undefined && markdown(description)}
    ${section('Address', parametersView(parameters, 'path'))}
    ${section('Query', parametersView(parameters, 'query'))}
    ${section('Body', body !== undefined && contentView(body.content))}
    ${section('Answers', answersView(responses))} ${section('Errors', problemsView(responses))}
  </section>`;
}
