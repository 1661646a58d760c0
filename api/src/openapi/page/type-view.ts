import { html, type Html } from '../../pages/html.js';
import type { JsonSchema } from '../json-schemas.js';

const shared = '#/components/schemas/';
const listOf = (value: unknown) => (Array.isArray(value) ? (value as JsonSchema[]) : []);
const either = (parts: readonly Html[]) =>
  html`${parts.map((part, i) => html`${i > 0 && ' or '}${part}`)}`;
const literal = (value: unknown) => html`<code>${JSON.stringify(value)}</code>`;

/** The anchor of a shared schema. */
export const schemaAnchor = (name: string) => `schema-${name}`;

/** The forms that a value may have, where there are several. */
export const choicesOf = (schema: JsonSchema) => listOf(schema['oneOf'] ?? schema['anyOf']);

type Bound = number | undefined;

function range(least: Bound, most: Bound, unit = ''): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (most !== undefined) return `up to ${most}${unit}`;
  return least === undefined ? '' : `${least} or more${unit}`;
}

function limitsOf(schema: JsonSchema): string[] {
  const { minimum, maximum, minLength, maxLength, maxItems } = schema as Record<string, Bound>;
  return [
    range(minimum, maximum),
    range(minLength, maxLength, ' characters'),
    range(undefined, maxItems, ' items'),
  ];
}

const words = (parts: readonly unknown[]) => html`${parts.filter(Boolean).join(', ')}`;

/** What a value is, in a few words: `string, up to 200 characters`, or a link to its schema. */
export function typeOf(schema: JsonSchema): Html {
  const { $ref, type, items, additionalProperties: rest } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.replace(shared, '');
    return html`<a href="#${schemaAnchor(name)}">${name}</a>`;
  }
  if ('const' in schema) return literal(schema['const']);
  if (schema['enum']) return either(listOf(schema['enum']).map(literal));
  const choices = choicesOf(schema);
  if (choices.length > 4 && choices.every((one) => one['properties'])) return html`object`;
  if (choices.length > 0) return either(choices.map(typeOf));
  if (type === 'array') {
    return html`list of
    ${typeOf((items ?? {}) as JsonSchema)}${limitsOf(schema)
      .filter(Boolean)
      .map((one) => html`, ${one}`)}`;
  }
  if (!schema['properties'] && rest && typeof rest === 'object') {
    return html`${typeOf(rest as JsonSchema)} by name`;
  }
  const name = type === undefined ? 'any value' : ([type].flat() as string[]).join(' or ');
  return words([name, schema['format'], ...limitsOf(schema)]);
}
