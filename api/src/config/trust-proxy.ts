import { isIP } from 'node:net';
import { z } from 'zod';

const names = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return names.has(text);
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  );
}

/**
 * Which proxies may say where a request came from: `false`, a number of hops, or addresses,
 * networks and the names loopback, linklocal, uniquelocal. Not `true`: then anyone may say it.
 */
export const trustProxySchema = z.string().transform((text, context) => {
  const value = text.trim();
  if (value === '' || value === 'false' || value === '0') return false;
  if (/^\d{1,2}$/.test(value)) return Number(value);
  const networks = value.split(',').map((one) => one.trim());
  if (networks.every(isNetwork)) return networks.join(',');
  context.addIssue({
    code: 'custom',
    message:
      'must be a number of proxies, or addresses such as loopback or 10.0.0.0/8 (not true: then anyone could forge addresses)',
  });
  return z.NEVER;
});
