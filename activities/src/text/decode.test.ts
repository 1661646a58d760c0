import { describe, expect, it } from 'vitest';
import { decodeText } from './decode.js';

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding);
const xml = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><a>Müller</a>`;

describe('a body as text', () => {
  it.each<[what: string, type: string, bytes: Buffer, text: string]>([
    ['the header', 'text/plain; charset=ISO-8859-1', bytes('Größe'), 'Größe'],
    ['the header in quotes', 'text/plain; charset="windows-1252"', bytes('Gr\x80ße'), 'Gr€ße'],
    ['a header with spaces', 'text/plain; charset = latin1', bytes('Größe'), 'Größe'],
    [
      'its mark before the header',
      'text/plain; charset=latin1',
      bytes('\ufeffGröße', 'utf8'),
      'Größe',
    ],
    ['UTF-16 by its mark', '', bytes('\ufeffGröße', 'utf16le'), 'Größe'],
    ['Shift_JIS', 'text/plain; charset=Shift_JIS', Buffer.from([0x83, 0x65]), 'テ'],
    ['the XML declaration', 'application/xml', bytes(xml('ISO-8859-1')), xml('ISO-8859-1')],
    ['the XML declaration after space', '', bytes(` ${xml('latin1')}`), ` ${xml('latin1')}`],
    [
      'a declaration of UTF-16 that cannot be true',
      '',
      bytes(xml('UTF-16'), 'utf8'),
      xml('UTF-16'),
    ],
    [
      'the header before the declaration',
      'text/xml; charset=utf-8',
      bytes(xml('latin1'), 'utf8'),
      xml('latin1'),
    ],
    [
      'no label that it does not know',
      'application/json; charset=utf8mb4',
      bytes('"Größe"', 'utf8'),
      '"Größe"',
    ],
    ['no label that stands for nothing', 'text/plain; charset=none', bytes('Größe'), 'Größe'],
    [
      'no label that browsers replace',
      'text/plain; charset=iso-2022-kr',
      bytes('Gr', 'utf8'),
      'Gr',
    ],
    ['UTF-8 where nothing is said', '', bytes('Größe', 'utf8'), 'Größe'],
    ['windows-1252 where it isn’t valid UTF-8', '', bytes('Gr\x80ße'), 'Gr€ße'],
    [
      'replacing bytes that aren’t a character',
      'text/plain; charset=utf-8',
      bytes('a\xff'),
      'a\ufffd',
    ],
    ['nothing', '', Buffer.alloc(0), ''],
  ])('goes by %s', (_, type, body, text) => {
    expect(decodeText(type, body)).toBe(text);
  });

  const page = (head: string) => `${head}<p>Größe</p>`;
  it.each([
    ['<meta charset="iso-8859-1">', 'latin1'],
    ['<META http-equiv=content-type content="text/html; charset=windows-1252">', 'latin1'],
    ['<!-- <meta charset=utf-8> --><meta charset=latin1>', 'latin1'],
    ['<meta charset="utf8mb4">', 'utf8'],
    ['<title>charset=utf-16</title>', 'utf8'],
    ['', 'latin1'],
  ] as const)('of a page goes by %s', (head, encoding) => {
    const body = bytes(page(head), encoding);
    expect(decodeText('text/html', body, { isPage: true })).toBe(page(head));
  });

  it('of something else does not look for the elements of a page', () => {
    const body = bytes('{"help": "write <meta charset=latin1>", "to": "Größe"}', 'utf8');
    expect(decodeText('application/json', body)).toContain('Größe');
  });
});
