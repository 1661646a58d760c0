import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

/** A PDF, and the words that a person reads in it, in order. */
export type OddPdf = { name: string; make: () => Promise<Buffer>; read: string };

type Draw = (document: PDFKit.PDFDocument) => void;

async function drawn(pages: readonly Draw[], options: PDFKit.PDFDocumentOptions = {}) {
  const document = new PDFDocument({ ...options, autoFirstPage: false });
  const bytes = buffer(document);
  for (const draw of pages) {
    document.addPage();
    document.fontSize(11);
    draw(document);
  }
  document.end();
  return bytes;
}

const text =
  (content: string): Draw =>
  (document) =>
    void document.text(content);
const sentence = 'Goods may be sent back to us within thirty days of their delivery.';
const names = ['Anna', 'Berta', 'Clara', 'Doris', 'Emma', 'Frida'];
const pagesOf = (make: (name: string, at: number) => string) =>
  names.map((name, at) => text(make(name, at)));
const plain = (content: string) => content.replace(/\s+/g, ' ').trim();

const one = (name: string, content: string, read = plain(content)): OddPdf => ({
  ...{ name, read },
  make: () => drawn([text(content)]),
});
const many = (name: string, make: (name: string, at: number) => string, read: string): OddPdf => ({
  ...{ name, read },
  make: () => drawn(pagesOf(make)),
});

async function appended(more: Buffer): Promise<Buffer> {
  return Buffer.concat([await drawn([text(sentence)]), more]);
}

const all = (make: (name: string, at: number) => string) => plain(names.map(make).join(' '));

/** PDFs of twenty kinds that readers of PDFs get wrong. */
export const oddPdfs: readonly OddPdf[] = [
  many(
    'prices that differ at each foot',
    (name, at) => `Ring ${name}\nA ring of silver.\nPrice: ${19 + at * 7} EUR`,
    all((name, at) => `Ring ${name} A ring of silver. Price: ${19 + at * 7} EUR`),
  ),
  many(
    'the same price at each foot',
    (name) => `Ring ${name}\nA ring of ${name}.\nPrice: 19 EUR`,
    all((name) => `Ring ${name} A ring of ${name}. Price: 19 EUR`),
  ),
  many(
    'numbers of pages',
    (name, at) => `${name} is sent within three days of ${name}.\n\n${at + 1}`,
    all((name) => `${name} is sent within three days of ${name}.`),
  ),
  many(
    'pages of how many',
    (name, at) => `${name} is sent within three days of ${name}.\n\nPage ${at + 1} of 6`,
    all((name) => `${name} is sent within three days of ${name}.`),
  ),
  many(
    'a running title',
    (name) => `Handbook 2026\n\n${name} is sent within three days of ${name}.`,
    `Handbook 2026 ${all((name) => `${name} is sent within three days of ${name}.`)}`,
  ),
  many(
    'rooms and their seats',
    (name, at) => `Room ${name}\nSeats: ${12 + ((at * 37) % 90)}`,
    all((name, at) => `Room ${name} Seats: ${12 + ((at * 37) % 90)}`),
  ),
  many(
    'pages with one line',
    () => 'Closed on Sundays.',
    names.map(() => 'Closed on Sundays.').join(' '),
  ),
  { name: 'zeros behind the end', read: sentence, make: () => appended(Buffer.alloc(8192)) },
  {
    name: 'a page of the web behind the end',
    read: sentence,
    make: () => appended(Buffer.from(`\n<html>${'x'.repeat(9000)}</html>`)),
  },
  {
    name: 'line breaks behind the end',
    read: sentence,
    make: () => appended(Buffer.from('\r\n'.repeat(3000))),
  },
  one(
    'words divided at the end of lines',
    'Die Verlängerung der Kündi-\ngungsfrist bedarf der Schrift-\nform und einer Unterschrift.',
    'Die Verlängerung der Kündigungsfrist bedarf der Schriftform und einer Unterschrift.',
  ),
  one(
    'hyphens that stay',
    'Schreiben Sie uns eine E-Mail-\nAdresse, unter der Sie Ein-\nund Ausgänge erhalten.',
    'Schreiben Sie uns eine E-Mail-Adresse, unter der Sie Ein- und Ausgänge erhalten.',
  ),
  one('a heading above', `Returns\n\n${sentence} ${sentence}`),
  one('numbered headings', `1 Returns\n${sentence}\n2 Costs\n${sentence}`),
  one(
    'a list',
    `You need:\n• a receipt\n• the goods\n• the form`,
    'You need: - a receipt - the goods - the form',
  ),
  one('umlauts', 'Für größere Gruppen öffnen wir täglich außer Montag auch früher.'),
  one('quotation marks and dashes', 'He said “no” – and paid 5 € all the same.'),
  one('a long paragraph', `${sentence} `.repeat(40)),
  {
    name: 'two columns',
    read: plain(`${sentence} ${'We ship on weekdays only. '.repeat(4)}`),
    make: () =>
      drawn([
        (document) =>
          void document.text(`${sentence}\n\n${'We ship on weekdays only. '.repeat(4)}`, {
            columns: 2,
            height: 60,
          }),
      ]),
  },
  {
    name: 'protected against changes',
    read: sentence,
    make: () => drawn([text(sentence)], { ownerPassword: 'x' }),
  },
  {
    name: 'compressed not at all',
    read: sentence,
    make: () => drawn([text(sentence)], { compress: false }),
  },
  {
    name: 'pages without text between',
    read: `${sentence} Thanks for that.`,
    make: () =>
      drawn([
        text(sentence),
        (document) => void document.rect(50, 50, 100, 100).fill(),
        text('Thanks for that.'),
      ]),
  },
  {
    name: 'text that was turned',
    read: `${sentence} Sideways`,
    make: () =>
      drawn([
        (document) => {
          document.text(sentence);
          document.rotate(90, { origin: [300, 300] }).text('Sideways', 300, 300);
        },
      ]),
  },
];
