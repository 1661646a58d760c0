import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

/** What a page of a test's PDF has; nothing: an empty one. */
export type PdfPage = { heading?: string; text?: string };

/** Makes a PDF, protected where there are passwords. */
export async function makePdf(
  pages: readonly PdfPage[],
  options: { userPassword?: string; ownerPassword?: string } = {},
): Promise<Buffer> {
  const document = new PDFDocument({ ...options, autoFirstPage: false });
  const bytes = buffer(document);
  for (const { heading, text } of pages) {
    document.addPage();
    if (heading !== undefined) document.fontSize(18).text(heading).moveDown();
    if (text !== undefined) document.fontSize(11).text(text);
  }
  document.end();
  return bytes;
}
