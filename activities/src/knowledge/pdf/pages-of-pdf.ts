import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { limits } from '@crmflow/contracts/limits';
import { KnowledgeError } from '../knowledge-error.js';

// pdf.js loads a native canvas for it, which only drawing needs and which a process without
// permission for native code can't load.
Object.assign(globalThis, { DOMMatrix: class {}, ImageData: class {}, Path2D: class {} });

const tooHeavy = (why: string) =>
  new KnowledgeError('pdf_too_heavy', `${why}. Split it and upload the parts.`);

function errorOf(thrown: unknown): KnowledgeError {
  if (thrown instanceof KnowledgeError) return thrown;
  const { name, message } = thrown as Error;
  if (name === 'PasswordException') {
    return new KnowledgeError(
      'pdf_encrypted',
      'The PDF is protected by a password. Save it without one and upload it again.',
    );
  }
  return new KnowledgeError(
    'pdf_broken',
    `The PDF can’t be read (${message}). Open it in a viewer, save a copy and upload that.`,
  );
}

/**
 * The text of each page of a PDF. Only for the reader's process: a file may be made to eat time and
 * memory.
 * @param onPage called after each page
 * @throws KnowledgeError `pdf_encrypted`, `pdf_broken`, `pdf_too_heavy`, `text_too_long`
 */
export async function pagesOfPdf(
  bytes: Uint8Array,
  maxPages: number,
  onPage: (page: number, total: number) => void,
): Promise<string[]> {
  const { PDFParse } = await import('pdf-parse');
  const pdfjs = dirname(
    createRequire(import.meta.resolve('pdf-parse')).resolve('pdfjs-dist/package.json'),
  );
  const texts: string[] = [];
  let characters = 0;
  try {
    const parser = new PDFParse({
      data: bytes,
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      cMapUrl: join(pdfjs, 'cmaps/'),
      cMapPacked: true,
      standardFontDataUrl: join(pdfjs, 'standard_fonts/'),
    });
    for (let page = 1, total = 1; page <= total; page += 1) {
      const part = page === 1 ? { first: 1 } : { partial: [page] };
      const read = await parser.getText({ ...part, pageJoiner: '' });
      total = read.total;
      if (total > maxPages) {
        throw tooHeavy(`The PDF has ${total} pages, and the limit is ${maxPages}`);
      }
      const text = read.pages[0]?.text ?? '';
      characters += text.length;
      if (characters > limits.knowledgeCharacters) {
        const message = `The text has more than ${limits.knowledgeCharacters} characters. Split the PDF and upload the parts.`;
        throw new KnowledgeError('text_too_long', message);
      }
      texts.push(text);
      onPage(page, total);
    }
  } catch (thrown) {
    throw errorOf(thrown);
  }
  return texts;
}
