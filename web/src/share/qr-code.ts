import { encode } from 'uqr';

/** A QR code: so many modules on each side, the quiet ones around it too, and which are dark. */
export type QrCode = { size: number; isDark: (x: number, y: number) => boolean };

/** Scanners need four light modules around a code. */
const quiet = 4;

/**
 * The QR code of an address. It may be damaged or covered by 15 %, or by more where that takes no more
 * room: it stands on paper and behind glass.
 */
export function qrCode(address: string): QrCode {
  const { size, data } = encode(address, { ecc: 'M', boostEcc: true, border: quiet });
  return { size, isDark: (x, y) => data[y]?.[x] === true };
}

/** Its dark modules as a path, one unit a module: a rectangle for those beside each other. */
export function qrPath({ size, isDark }: QrCode): string {
  let path = '';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const from = x;
      while (isDark(x, y)) x += 1;
      if (x > from) path += `M${from} ${y}h${x - from}v1H${from}z`;
    }
  }
  return path;
}

/** The code as a file: SVG, dark on white whatever is around it. */
export function qrFile(code: QrCode): string {
  const { size } = code;
  const [side, box] = [size * 10, `0 0 ${size} ${size}`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="${box}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/>`,
    `<path d="${qrPath(code)}"/>`,
    '</svg>',
    '',
  ].join('\n');
}

/** The code as a picture for the clipboard, which takes no SVG. @throws Error if it can't be drawn */
export async function qrPicture({ size, isDark }: QrCode): Promise<Blob> {
  const scale = Math.ceil(1_000 / size);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser can’t draw the QR code.');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      if (isDark(x, y)) pen.fillRect(x * scale, y * scale, scale, scale);
    }
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser can’t export the QR code.'));
    }, 'image/png');
  });
}
