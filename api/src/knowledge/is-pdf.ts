/** Viewers look for the beginning of a PDF about there. */
const headBytes = 1_024;

const known: [what: string, begins: readonly string[]][] = [
  ['a ZIP archive, such as a Word or Excel file', ['PK\u0003\u0004']],
  ['an old Word or Excel file', ['\u00d0\u00cf\u0011\u00e0']],
  ['a picture', ['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8']],
  ['an HTML page', ['<!doctype', '<!DOCTYPE', '<html', '<HTML']],
];

/**
 * Whether a file begins as a PDF does; what it is called counts nothing.
 * @returns null for a PDF, else what it looks like
 */
export function notPdfReason(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, headBytes)).toString('latin1');
  if (head.includes('%PDF-')) return null;
  if (bytes.length === 0) return 'it is empty';
  const looks = known.find(([, begins]) => begins.some((mark) => head.startsWith(mark)))?.[0];
  return looks ? `it looks like ${looks}` : 'it does not start with a PDF header';
}
