import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choosePorts } from './ports.mjs';

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmflow-ports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('choosePorts', () => {
  const names = ['postgres', 'temporal'];

  it('gives each its own, and the same the next time', async () => {
    const file = join(folder, 'ports.json');
    const first = await choosePorts(file, names);
    expect(new Set(Object.values(first)).size).toBe(2);
    expect(await choosePorts(file, names)).toEqual(first);
  });

  it('gives another one in place of one that is taken now', async () => {
    const file = join(folder, 'ports.json');
    const first = await choosePorts(file, names);
    const server = createServer().listen(first['postgres'], '127.0.0.1');
    await once(server, 'listening');
    const second = await choosePorts(file, names);
    server.close();
    expect(second['postgres']).not.toBe(first['postgres']);
    expect(second['temporal']).toBe(first['temporal']);
  });

  it('chooses new ports when the stored ones are damaged', async () => {
    const file = join(folder, 'ports.json');
    writeFileSync(file, '{');
    expect(Object.keys(await choosePorts(file, names))).toEqual(names);
  });
});
