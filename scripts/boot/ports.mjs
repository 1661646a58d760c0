import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';

/** Whether a port of a host can be listened on. */
export async function isFree(/** @type {number} */ port, host = '127.0.0.1') {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Whether something answers at a port of this machine. */
export async function answers(/** @type {number} */ port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function anyFree() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function remembered(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/**
 * A port for each name: the one of last time, so that a part comes back where it was, or a new one
 * where that is taken now.
 * @param {string} file where they are remembered
 * @param {string[]} names
 * @returns {Promise<Record<string, number>>}
 */
export async function choosePorts(file, names) {
  const known = remembered(file);
  const ports = {};
  for (const name of names) {
    ports[name] = known[name] && (await isFree(known[name])) ? known[name] : await anyFree();
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}
