import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

/**
 * Below the ports that systems hand out for outgoing connections: while a part restarts, one of
 * those could take its port, or a client that knocks again and again connect to itself.
 */
const [lowest, highest] = [15_000, 32_000];

/**
 * Tries to listen on a port of a host: the error, or undefined if it is free.
 * @returns {Promise<NodeJS.ErrnoException | undefined>}
 */
export async function probePort(/** @type {number} */ port, host = '127.0.0.1') {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    return error;
  } finally {
    server.close();
  }
}

/** A free port of this machine for a part. */
export async function freePort(/** @type {number[]} */ taken = []) {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (!taken.includes(port) && !(await probePort(port))) return port;
  }
}

/** @returns {Record<string, number>} */
function readPorts(/** @type {string} */ file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * A port for each name: the last one, so that a part keeps its address, or a new one if that is in
 * use.
 * @param {string} file where they are stored
 * @param {string[]} names
 * @returns {Promise<Record<string, number>>}
 */
export async function choosePorts(file, names) {
  const known = readPorts(file);
  /** @type {Record<string, number>} */
  const ports = {};
  for (const name of names) {
    const last = known[name];
    const isFree = last !== undefined && !(await probePort(last));
    ports[name] = isFree ? last : await freePort(Object.values({ ...known, ...ports }));
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(ports, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return ports;
}
