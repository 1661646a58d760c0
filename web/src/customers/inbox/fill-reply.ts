import type { Contact } from '@crmflow/contracts';
import { attributeText } from '../contacts/attribute-text.js';

const placeholder = /\{\{([^{}]*)\}\}/g;

/** What a contact says for a name after `contact.`; empty where it says nothing. */
function fieldOf(contact: Contact | undefined, name: string): string {
  if (!contact) return '';
  if (name === 'name') return contact.name;
  if (name === 'email') return contact.email ?? '';
  if (name === 'phone') return contact.phone ?? '';
  const { [name]: value } = contact.attributes;
  return value === undefined ? '' : attributeText(value);
}

/**
 * A canned reply with what is known of the contact filled in. What is not known stays as a blank.
 * @returns the text, and where its first blank is
 */
export function fillReply(
  text: string,
  contact: Contact | undefined,
): { text: string; blank: [start: number, end: number] | null } {
  const filled = text.replace(placeholder, (blank, name: string) => {
    const [, field] = /^contact\.(.+)$/.exec(name.trim()) ?? [];
    return (field !== undefined && fieldOf(contact, field)) || blank;
  });
  const first = filled.search(placeholder);
  if (first < 0) return { text: filled, blank: null };
  return { text: filled, blank: [first, filled.indexOf('}}', first) + 2] };
}

/** Whether a text has blanks that nobody has filled. */
export const hasBlanks = (text: string): boolean => text.search(placeholder) >= 0;

/** A canned reply that is being looked for: what is typed after the slash, and where that begins. */
export type Slash = { word: string; start: number };

/** What is typed after a slash before the cursor, at the start of a word. */
export function slashBefore(text: string, cursor: number): Slash | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, cursor));
  if (!found) return null;
  const word = found[1] ?? '';
  return { word: word.toLowerCase(), start: cursor - word.length - 1 };
}
