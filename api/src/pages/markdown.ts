import { marked } from 'marked';
import type { Html } from './html.js';

/** Markdown of our own as HTML; never for texts of users, whose HTML it would let through. */
export function markdown(text: string): Html {
  return { html: marked.parse(text, { async: false }) };
}

/** One line of Markdown, without a paragraph around it. */
export function markdownLine(text: string): Html {
  return { html: marked.parseInline(text, { async: false }) };
}
