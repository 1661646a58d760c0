/** A piece of a page that is safe to send. */
export type Html = { readonly html: string };

type Value = Html | readonly Html[] | string | number | false | undefined;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as HTML shows it, also inside of quotes. */
export const escape = (text: string) => text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one);

function textOf(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

/** Builds a piece of a page: texts are escaped, pieces and lists of them are put in as they are. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return { html: strings.reduce((text, part, i) => text + textOf(values[i - 1]) + part) };
}
