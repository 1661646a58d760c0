import { html, type Html } from '../../pages/html.js';
import { markdownLine } from '../../pages/markdown.js';
import type { JsonSchema } from '../json-schemas.js';
import { choicesOf, typeOf } from './type-view.js';

const fallback = (schema: JsonSchema) =>
  'default' in schema &&
  html` <span class="default">default <code>${JSON.stringify(schema['default'])}</code></span>`;

/** One named value and what is inside of it. */
export function fieldView(name: string, schema: JsonSchema, required: boolean): Html {
  const { description } = schema;
  return html`<li>
    <div class="field">
      <code class="name">${name}</code>
      <span class="type">${typeOf(schema)}${fallback(schema)}</span>
      ${required && html`<span class="needed">required</span>`}
    </div>
    ${typeof description === 'string' && html`<p class="note">${markdownLine(description)}</p>`}
    ${insideOf(schema)}
  </li>`;
}

/** The fields of an object; nothing for what has none. */
function fieldsView(schema: JsonSchema): Html | false {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  if (properties.length === 0) return false;
  const required = (schema['required'] ?? []) as string[];
  return html`<ul class="fields">
    ${properties.map(([name, one]) => fieldView(name, one, required.includes(name)))}
  </ul>`;
}

function choicesView(choices: readonly JsonSchema[]): Html | false {
  const objects = choices.filter((one) => one['properties']);
  if (objects.length === 0) return false;
  return html`<ul class="choices">
    ${objects.map((one) => html`<li>${fieldsView(one)}</li>`)}
  </ul>`;
}

function insideOf(schema: JsonSchema): Html | false {
  const { items } = schema;
  if (items && typeof items === 'object') return insideOf(items as JsonSchema);
  const choices = choicesOf(schema);
  return choices.length > 0 ? choicesView(choices) : fieldsView(schema);
}

/** A value as a whole: what it is, and its fields. */
export function schemaView(schema: JsonSchema): Html {
  const { description } = schema;
  return html`${!schema['properties'] && html`<p class="type">${typeOf(schema)}</p>`}
  ${typeof description === 'string' && html`<p class="note">${markdownLine(description)}</p>`}
  ${insideOf(schema)}`;
}
