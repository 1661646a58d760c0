// Reads the PDF on standard input and writes what it says to descriptor 3, a line of JSON per page.
// A process of its own: a file may be made to eat time and memory, and only a process can be ended
// whatever it does. It ends with the process that asked for it.
// read-pdf.mjs <most bytes of memory> <most pages> <id of the process that asks>
import { writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { getPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { PDFParse } from 'pdf-parse';

const [maxMemory = 0, maxPages = 0, asker = 0] = process.argv.slice(2).map(Number);
const tell = (/** @type {object} */ line) => writeSync(3, `${JSON.stringify(line)}\n`);

// Linux may share the cores among sessions, whatever the priorities of their processes are.
try {
  writeFileSync('/proc/self/autogroup', String(getPriority()));
} catch {
  // Other systems know priorities of processes only.
}

// While one long step unpacks something, no timer of this thread is heard.
const watch = `
  const { writeSync } = require('node:fs');
  setInterval(() => {
    if (process.ppid !== ${asker}) process.kill(process.pid, 'SIGKILL');
    if (process.memoryUsage.rss() < ${maxMemory}) return;
    writeSync(3, '{"error":"memory"}\\n');
    process.kill(process.pid, 'SIGKILL');
  }, 20);`;
new Worker(watch, { eval: true }).unref();

const pdfjs = dirname(
  createRequire(import.meta.resolve('pdf-parse')).resolve('pdfjs-dist/package.json'),
);

try {
  const parser = new PDFParse({
    data: new Uint8Array(await buffer(process.stdin)),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    cMapUrl: join(pdfjs, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(pdfjs, 'standard_fonts/'),
  });
  const first = await parser.getText({ first: 1, pageJoiner: '' });
  const { total } = first;
  if (total > maxPages) {
    tell({ error: 'pages', total });
  } else {
    tell({ page: 1, total, text: first.pages[0]?.text ?? '' });
    for (let page = 2; page <= total; page += 1) {
      const { pages } = await parser.getText({ partial: [page], pageJoiner: '' });
      tell({ page, total, text: pages[0]?.text ?? '' });
    }
    tell({ done: true });
  }
} catch (error) {
  const { name, message } = /** @type {Error} */ (error);
  tell({ error: name === 'PasswordException' ? 'password' : 'broken', message });
}
process.exit();
