import type { JsonSchema } from './json-schemas.js';
import type { SocketEvents } from './socket-events.js';

type Field = { name: string; type: string; note: string };

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

function typeOf(schema: JsonSchema): string {
  const { $ref, type, items, anyOf } = schema;
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']);
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if (Array.isArray(schema['enum'])) return schema['enum'].map(String).join(', ');
  if (Array.isArray(anyOf)) return anyOf.map((one) => typeOf(one as JsonSchema)).join(' or ');
  if (type === 'array') return `array of ${typeOf((items ?? {}) as JsonSchema)}`;
  return typeof type === 'string' ? type : 'any';
}

function fieldsOf(schema: JsonSchema): Field[] {
  const choices = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (choices) return choices.flatMap(fieldsOf);
  const required = (schema['required'] ?? []) as string[];
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).map(
    ([name, field]) => ({
      name,
      type: typeOf(field),
      note: [
        required.includes(name) ? '' : 'Optional.',
        typeof field['description'] === 'string' ? field['description'] : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    }),
  );
}

function table(title: string, schema: JsonSchema): string {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return '';
  const rows = fields.map(
    ({ name, type, note }) => `| \`${name}\` | ${inCell(type)} | ${inCell(note)} |`,
  );
  return [`| ${title} | Type | |`, '| --- | --- | --- |', ...rows].join('\n');
}

const paragraphs = (...parts: string[]) => parts.filter((part) => part !== '').join('\n\n');

/** The socket events as a chapter of Markdown: OpenAPI has no place for them, but its readers do. */
export function socketTag({ description, toServer, toClient }: SocketEvents) {
  const text = paragraphs(
    description,
    '## Client to server',
    ...toServer.map(({ name, description: what, payload, ack }) =>
      paragraphs(
        `### ${name}`,
        what,
        table('Payload', payload),
        table('Acknowledgement, with `ok: true`', ack),
      ),
    ),
    '## Server to client',
    ...toClient.map(({ name, description: what, numbered, payload }) =>
      paragraphs(
        `### ${name}`,
        numbered ? 'Numbered: carries `seq`, and is in the log.' : 'Live only: without `seq`.',
        what,
        table('Payload', payload),
      ),
    ),
  );
  return { name: 'Live events', description: text, 'x-traitTag': true };
}
