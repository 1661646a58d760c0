import { KnowledgeError } from '../knowledge-error.js';

const marks: [label: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Where pages say their characters, if they do. */
const headBytes = 2_048;
const metaElement = /<meta\b[^<>]*>/gi;
const charset = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"'>]+))/i;

/** The label of a character set in a Content-Type, or in an element that has one. */
function labelIn(text: string): string | undefined {
  const [, double, single, bare] = charset.exec(text) ?? [];
  return (double ?? single ?? bare)?.trim() || undefined;
}

function namedIn(contentType: string, body: Uint8Array): string | undefined {
  const mark = marks.find(([, bytes]) => bytes.every((byte, index) => body[index] === byte));
  if (mark) return mark[0];
  const inHeader = labelIn(contentType);
  if (inHeader) return inHeader;
  const head = Buffer.from(body.subarray(0, headBytes)).toString('latin1');
  for (const [element] of head.matchAll(metaElement)) {
    const label = labelIn(element);
    if (label) return label;
  }
  return undefined;
}

/**
 * The text of a page: by its byte order mark, the header, or its own meta element, as browsers do;
 * where none names the characters they are UTF-8 if they can be, or those of old Windows.
 * @throws KnowledgeError `page_unreadable`
 */
export function decodePage(contentType: string, body: Uint8Array, shown: string): string {
  const label = namedIn(contentType, body);
  if (label === undefined) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(body);
    } catch {
      return new TextDecoder('windows-1252').decode(body);
    }
  }
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    const message = `${shown} uses the unknown character set "${label.slice(0, 40)}".`;
    throw new KnowledgeError('page_unreadable', message);
  }
}
