import { because, limits, utf8Bytes } from '@crmflow/contracts';
import { codeCharacters } from '../cel/scan.js';
import { SourceFault } from '../fault.js';
import { engineLimits } from '../limits.js';
import { createCache } from '../lru.js';

/** A part of a template: text as it is, or an expression with its position in the template. */
export type Part = { text: string } | { expression: string; offset: number };

/**
 * Where the expression that starts at `start` ends: at `}}` outside of strings, comments and the
 * braces of maps.
 */
function endOfExpression(template: string, start: number): number | undefined {
  let depth = 0;
  for (const [at, char] of codeCharacters(template, start)) {
    if (char === '{') depth++;
    else if (char === '}' && depth > 0) depth--;
    else if (char === '}' && template[at + 1] === '}') return at;
  }
  return undefined;
}

function parse(template: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open === -1 ? undefined : open);
    if (text) parts.push({ text });
    if (open === -1) return parts;
    const close = endOfExpression(template, open + 2);
    if (close === undefined) {
      throw new SourceFault(because('template_unclosed'), open);
    }
    parts.push({ expression: template.slice(open + 2, close), offset: open + 2 });
    at = close + 2;
  }
}

const cache = createCache<Part[]>(engineLimits.compiledTemplates);
const longestRemembered = 8_000;

/**
 * Takes a template apart: `{{ expr }}` is an expression, all else is text. Two braces as text are
 * written `{{ "{{" }}`.
 * @throws FlowFault expression_invalid with the offset, expression_too_large
 */
export function parseTemplate(template: string): readonly Part[] {
  if (!template.includes('{{')) return template ? [{ text: template }] : [];
  if (template.length > limits.templateBytes || utf8Bytes(template) > limits.templateBytes) {
    throw new SourceFault(because('template_too_large', { limit: limits.templateBytes / 1000 }));
  }
  if (template.length > longestRemembered) return parse(template);
  return cache(template, () => parse(template));
}
