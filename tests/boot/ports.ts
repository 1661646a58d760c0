import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { request } from 'node:http';

const listening = '0A';

/** An IPv4 address as /proc/net/tcp writes it, in the byte order of the machine. */
const asInProc = (address: string) =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0').toUpperCase())
    .reverse()
    .join('');

/** The ports of an address that a process listens on. */
export function listeningPorts(pid: number, address: string): number[] {
  const folder = `/proc/${pid}/fd`;
  const files = new Set(readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`)));
  return readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, , , state, , , , , , inode]) => state === listening && files.has(`socket:[${inode}]`),
    )
    .map(([, local = '']) => local.split(':'))
    .filter(([host]) => host === asInProc(address))
    .map(([, port = '']) => Number.parseInt(port, 16));
}

/**
 * What a port of this machine answers a web page that has made its own name lead there; '' where
 * that is not HTTP.
 */
export function askAs(name: string, port: number, path: string): Promise<string> {
  return new Promise((resolve) => {
    const headers = { Host: `${name}:${port}` };
    const asked = request({ host: '127.0.0.1', port, path, headers, timeout: 5_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.on('close', () => resolve(text));
    });
    asked.on('error', () => resolve(''));
    asked.on('timeout', () => asked.destroy());
    asked.end();
  });
}
