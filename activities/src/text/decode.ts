import { TextDecoder } from '@exodus/bytes/encoding.js';
import sniffEncoding from 'html-encoding-sniffer';

// Node 20's own decoder reads windows-1252 as ISO-8859-1, and so loses the euro sign.
const utf8 = new TextDecoder('utf-8', { fatal: true });
/** What a document without a label is read as if it isn't valid UTF-8, as browsers do. */
const fallback = 'windows-1252';
const declarationBytes = 256;

/** A decoder for a label of the Encoding standard; undefined for one that it does not know. */
function decoderFor(label: string | undefined): { decode(bytes: Uint8Array): string } | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label.trim());
  } catch {
    return undefined;
  }
}

function labelOf(contentType: string): string | undefined {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|'?([^\s;"']+))/i.exec(contentType) ?? [];
  return quoted ?? bare;
}

/**
 * The encoding that an XML declaration names; a declaration that can be read as ASCII isn't in
 * UTF-16.
 */
function labelOfXml(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, declarationBytes)).toString('latin1');
  const label = /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1];
  return label && /^utf-?16/i.test(label.trim()) ? 'utf-8' : label;
}

const marks: readonly [label: string, ...bytes: number[]][] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

function labelOfMark(bytes: Uint8Array): string | undefined {
  return marks.find(([, ...mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
}

/** The encoding that the HTML standard finds in the first bytes of a page, if it names one. */
function labelOfPage(bytes: Uint8Array): string | undefined {
  const none = 'x-user-defined';
  const found = sniffEncoding(bytes, { defaultEncoding: none });
  return found === none ? undefined : found;
}

/**
 * A body as text, by the rules of the Encoding and the HTML standard: its byte order mark, the
 * charset of its type, its XML declaration, for pages also their `meta` element. A label that the
 * standards do not know (`utf8mb4`) counts for nothing. Without any it is UTF-8 where it can be,
 * else windows-1252. It never fails: what an encoding has no character for becomes U+FFFD.
 * @param contentType the Content-Type header, '' where there is none
 */
export function decodeText(
  contentType: string,
  bytes: Uint8Array,
  { isPage = false }: { isPage?: boolean } = {},
): string {
  const decoder =
    decoderFor(labelOfMark(bytes)) ??
    decoderFor(labelOf(contentType)) ??
    decoderFor(labelOfXml(bytes)) ??
    (isPage ? decoderFor(labelOfPage(bytes)) : undefined);
  if (decoder) return decoder.decode(bytes);
  try {
    return utf8.decode(bytes);
  } catch {
    return new TextDecoder(fallback).decode(bytes);
  }
}
