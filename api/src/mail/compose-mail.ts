import type { Mail } from './mailer.js';

/** What a mail says: a sentence, one link, and what to do if it comes unasked. */
export type MailContent = { subject: string; intro: string; link: string; outro: string };

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escapeHtml = (text: string) => text.replaceAll(/[&<>"]/g, (one) => entities[one] ?? one);

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
