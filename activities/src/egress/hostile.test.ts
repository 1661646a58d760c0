import { afterAll, describe, expect, it } from 'vitest';
import { createEgress } from './egress.js';
import type { Address } from './resolve.js';

const v4 = (address: string): Address => ({ address, family: 4 });
const v6 = (address: string): Address => ({ address, family: 6 });

const names: { [host: string]: Address[] } = {
  localhost: [v4('127.0.0.1'), v6('::1')],
  'localhost.': [v4('127.0.0.1')],
  'inside.test': [v4('10.1.2.3')],
  'mixed.test': [v4('93.184.215.14'), v4('192.168.1.1')],
  'mixed6.test': [v4('93.184.215.14'), v6('fd12::1')],
  'mapped.test': [v6('::ffff:169.254.169.254')],
  'zoned.test': [v6('fe80::1%eth0')],
  'zoned-public.test': [v6('2606:4700::1111%eth0')],
  'metadata.google.internal': [v4('169.254.169.254')],
  '127.0.0.1.nip.test': [v4('127.0.0.1')],
  'garbage.test': [{ address: 'not an address', family: 4 }],
};

const hostile = [
  // loopback, in every notation
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://0x7f.1/',
  'http://127.0.0.1./',
  'http://127.255.255.254/',
  'http://１２７.0.0.1/',
  'http://127。0。0。1/',
  'http://%31%32%37.0.0.1/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://localhost/',
  'http://LOCALHOST/',
  'http://localhost./',
  'http://127.0.0.1.nip.test/',
  // unspecified
  'http://0.0.0.0/',
  'http://0/',
  'http://[::]/',
  // private
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://3232235777/',
  'http://[fd00::1]/',
  'http://[fc00::1]/',
  'http://inside.test/',
  'http://mixed.test/',
  'http://mixed6.test/',
  // link-local and metadata
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://2852039166/',
  'http://[fe80::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[fd00:ec2::254]/',
  'http://metadata.google.internal/',
  'http://mapped.test/',
  'http://zoned.test/',
  'http://zoned-public.test/',
  'http://[fe80::1%25eth0]/',
  'http://100.100.100.200/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  // shared, multicast, broadcast, reserved, documentation, benchmark
  'http://100.64.0.1/',
  'http://224.0.0.1/',
  'http://239.255.255.250:1900/',
  'http://[ff02::1]/',
  'http://255.255.255.255/',
  'http://240.0.0.1/',
  'http://192.0.2.1/',
  'http://198.51.100.7/',
  'http://203.0.113.7/',
  'http://198.18.0.1/',
  'http://[2001:db8::1]/',
  'http://[3fff::1]/',
  'http://[2001:2::1]/',
  'http://[4000::1]/',
  // addresses that carry another
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[::ffff:0:127.0.0.1]/',
  'http://[fec0::1]/',
  // other schemes, ports, credentials, no URL at all
  'file:///etc/passwd',
  'ftp://93.184.215.14/',
  'gopher://93.184.215.14/',
  'data:text/plain,hello',
  'javascript:alert(1)',
  'ws://93.184.215.14/',
  'http://93.184.215.14:22/',
  'http://93.184.215.14:25/',
  'http://93.184.215.14:6379/',
  'http://93.184.215.14:5432/',
  'http://93.184.215.14:6667/',
  'http://93.184.215.14:0/',
  'http://user:secret@93.184.215.14/',
  'http://93.184.215.14@127.0.0.1/',
  'http://garbage.test/',
  '//93.184.215.14/',
  '/relative',
  'http://',
  'http://999.1.1.1/',
  '',
];

describe('hostile addresses', () => {
  const egress = createEgress({
    allow: [],
    resolve: (host) => Promise.resolve(names[host] ?? [v4('10.9.9.9')]),
  });
  afterAll(() => egress.close());

  it('are many', () => expect(hostile.length).toBeGreaterThanOrEqual(40));

  it.each(hostile)('%s', async (url) => {
    const answer = egress.fetchThrough({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 });
    await expect(answer).rejects.toMatchObject({ code: 'egress_refused', retryable: false });
  });

  it('keeps credentials and resolved addresses out of the message', async () => {
    const ask = (url: string) =>
      egress.fetchThrough({ method: 'GET', url, timeoutMs: 5000, maxBytes: 1000 });
    await expect(ask('http://user:secret@127.0.0.1/?key=1')).rejects.not.toThrow(/secret|key/);
    await expect(ask('http://inside.test/')).rejects.not.toThrow(/10\.1\.2\.3/);
    await expect(ask('http://inside.test/')).rejects.toThrow(/CRMFLOW_EGRESS_ALLOW/);
  });
});
