import { escape as escapeHtml } from '../pages/html.js';
import type { Mail } from './mailer.js';

/** What a mail says: a sentence, one link, and what to do if it comes unasked. */
export type MailContent = { subject: string; intro: string; link: string; outro: string };

/** A mail as plain text and as simple HTML that says the same. */
export function composeMail(to: string, { subject, intro, link, outro }: MailContent): Mail {
  const href = escapeHtml(link);
  return {
    to,
    subject,
    text: `${intro}\n\n${link}\n\n${outro}\n`,
    html: `<p>${escapeHtml(intro)}</p><p><a href="${href}">${href}</a></p><p>${escapeHtml(outro)}</p>`,
  };
}
