import type { CheerioAPI } from 'cheerio';
import type { Document, Element } from 'domhandler';

const never =
  'head, title, script, style, noscript, template, svg, canvas, iframe, object, embed, video, audio, select, ' +
  'button, input, textarea, dialog, [hidden], [aria-hidden="true"]';
const around =
  'nav, aside, [role="navigation"], [role="banner"], [role="contentinfo"], [role="search"], ' +
  '[role="complementary"], [role="dialog"], body > header, body > footer, ' +
  'body > div > header, body > div > footer';
const likely = 'main, [role="main"], article, [itemprop="articleBody"], #content, #main';

/** What has less text than that beside the whole page is a teaser and not what the page is about. */
const share = 0.4;
const minLinks = 4;
const linkShare = 0.7;

const lengthOf = (text: string) => text.replace(/\s+/g, ' ').length;

/** Lists that are nothing but links lead elsewhere. */
function dropListsOfLinks($: CheerioAPI): void {
  $('ul, ol').each((_, list) => {
    const links = $(list).find('a');
    if (links.length < minLinks) return;
    if (lengthOf(links.text()) >= linkShare * lengthOf($(list).text())) $(list).remove();
  });
}

/** The element that has the main text, or the whole page; changes the page. */
export function findMain($: CheerioAPI): Element | Document {
  $(never).remove();
  const all = $.root().get(0) as Document;
  // A page that is all within a header is no page with a header.
  const outside = $(around);
  if (lengthOf(outside.text()) < 0.9 * lengthOf($(all).text())) outside.remove();
  dropListsOfLinks($);
  const whole = lengthOf($(all).text());
  const candidates = $(likely)
    .toArray()
    .map((element) => ({ element, length: lengthOf($(element).text()) }))
    .sort((a, b) => b.length - a.length);
  const [best] = candidates;
  return best && best.length >= share * whole ? best.element : all;
}
