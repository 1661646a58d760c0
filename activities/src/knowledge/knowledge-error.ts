import { CallError } from '../call/call-error.js';

/** How the reading of an item can fail, besides the ways of the egress guard. */
export type KnowledgeCode =
  | 'http_status'
  | 'no_text'
  | 'page_not_html'
  | 'page_unreadable'
  | 'pdf_broken'
  | 'pdf_encrypted'
  | 'pdf_too_heavy'
  | 'robots_refused'
  | 'text_too_long';

/** What an item is made from cannot be read. Unless it says so, it will not do better next time. */
export class KnowledgeError extends CallError<KnowledgeCode> {
  constructor(code: KnowledgeCode, message: string, options = { retryable: false }) {
    super(code, message, options);
    this.name = 'KnowledgeError';
  }
}
