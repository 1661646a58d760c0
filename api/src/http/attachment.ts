const trimmed = (text: string) => text.replace(/^[-. ]+|(?<![-. ])[-. ]+$/g, '');

/** What RFC 8187 leaves unescaped is less than what JavaScript does. */
const escaped = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * Content-Disposition of a file to be saved under a name that people gave (RFC 6266): for
 * everyone in ASCII, for newer clients as it is, without what file systems refuse.
 * @param otherwise where nothing of the name is left
 */
export function attachment(name: string, otherwise: string, type = 'json'): string {
  // eslint-disable-next-line no-control-regex -- control characters are among what must go
  const own = trimmed(name.replace(/[\u0000-\u001f\u007f/\\:*?"<>|]+/g, '-'));
  const ascii = trimmed(own.replace(/[^\w().,\- ]+/g, '-'));
  return `attachment; filename="${ascii || otherwise}.${type}"; filename*=UTF-8''${escaped(own || otherwise)}.${type}`;
}
