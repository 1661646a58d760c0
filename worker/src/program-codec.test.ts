import type { Payload } from '@temporalio/common';
import { expect, it, vi } from 'vitest';
import { createProgramCodec } from './program-codec.js';

const encoded = (value: unknown): Payload => ({
  metadata: { encoding: new TextEncoder().encode('json/plain') },
  data: new TextEncoder().encode(JSON.stringify(value)),
});
const textOf = ({ data }: Payload = {}) => new TextDecoder().decode(data ?? new Uint8Array());

function codecOf(query: (sql: string, values: string[]) => Promise<{ rows: object[] }>) {
  const read = vi.fn(query);
  let now = 0;
  const codec = createProgramCodec({ query: read } as never, () => (now += 1_000));
  return { codec, read };
}
const answering = (program: string) => codecOf(async () => ({ rows: [{ program }] }));

it('puts a program in the place of its reference, and reads it once', async () => {
  const { codec, read } = answering('{"graph":1}');
  const start = encoded({ runId: 'r' });
  const decode = () => codec.decode([start, encoded({ programOf: 'v1' })]);
  const [[first, second]] = await Promise.all([decode(), decode()]);
  expect(first).toBe(start);
  expect(textOf(second)).toBe('{"graph":1}');
  await decode();
  expect(read.mock.calls.map(([, values]) => values)).toEqual([['v1']]);
});

it('leaves everything else as it is, and all that goes out', async () => {
  const { codec, read } = answering('');
  const payloads = [
    encoded({ programOf: 'v1', graph: { nodes: 'x'.repeat(200) } }),
    encoded({ text: '{"programOf":"v1"}' }),
    encoded('{"programOf":"v1"}'),
    {},
  ];
  expect(await codec.decode(payloads)).toEqual(payloads);
  const out = [encoded({ programOf: 'v1' })];
  expect(await codec.encode(out)).toEqual(out);
  expect(read).not.toHaveBeenCalled();
});

it('waits for a database that is away for a moment, but not for ever', async () => {
  let failures = 2;
  const { codec, read } = codecOf(async () => {
    if ((failures -= 1) >= 0) throw new Error('away');
    return { rows: [{ program: '{}' }] };
  });
  expect(textOf((await codec.decode([encoded({ programOf: 'v1' })]))[0])).toBe('{}');
  failures = 100;
  await expect(codec.decode([encoded({ programOf: 'v2' })])).rejects.toThrow('away');
  expect(read.mock.calls.length).toBeLessThan(12);
});

it('says which version is gone', async () => {
  const { codec } = codecOf(async () => ({ rows: [] }));
  await expect(codec.decode([encoded({ programOf: 'v1' })])).rejects.toThrow('The version v1');
});
