import { connect } from 'node:net';

/** How long a part may take to respond. */
const limitMs = 5_000;

/** @returns {Promise<{ ok: boolean, body: any }>} */
export async function getJson(/** @type {string} */ url, within = limitMs) {
  const response = await fetch(url, { signal: AbortSignal.timeout(within) });
  return { ok: response.ok, body: await response.json() };
}

/** Whether an API is responding. @param {string} url */
export const isApiResponding = (url, within = limitMs) =>
  getJson(`${url}/health`, within).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Whether a worker polls, as the API sees it. Where the API or what both need is away, nobody can
 * tell, and the worker is not to blame.
 * @param {string} url of the API
 */
export async function isWorkerResponding(url, within = limitMs) {
  try {
    const { checks } = (await getJson(`${url}/ready`, within)).body;
    return checks.worker.ok || !checks.database.ok || !checks.temporal.ok;
  } catch {
    return true;
  }
}

/** What a client sends before it speaks: whether the server can encrypt. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Whether the PostgreSQL on a port of this machine takes connections: a process that stands still
 * has its port open, but says nothing there.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isPostgresResponding(port, within = limitMs) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: within });
    const tell = (/** @type {boolean} */ is) => {
      resolve(is);
      socket.destroy();
    };
    socket.on('connect', () => socket.write(sslRequest));
    socket.on('data', () => tell(true));
    for (const event of ['error', 'timeout', 'close']) socket.on(event, () => tell(false));
  });
}

/**
 * Whether the embedded Temporal answers and reads its data: where its database is stuck, it answers
 * everything with an error.
 * @param {string} address host:port
 */
export async function isTemporalResponding(address, within = limitMs) {
  // Built by now, but not when this file is loaded.
  const { connectTemporal, temporalSettings } = await import('@crmflow/temporal-config');
  const { namespace } = temporalSettings;
  const connection = await connectTemporal({ address }, within).catch(() => undefined);
  if (!connection) return false;
  try {
    await connection.withDeadline(Date.now() + within, () =>
      connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

/**
 * Whether a part of an installation that was ready is responding, for a look from outside. What is
 * external counts as responding: the API tells how it sees that.
 * @param {string} part
 * @param {import('./endpoints.mjs').Endpoints} endpoints
 * @returns {Promise<boolean>}
 */
export async function isPartResponding(part, endpoints, within = limitMs) {
  const { api } = endpoints;
  const endpoint = endpoints[part] ?? '';
  if (part === 'worker' && api) return isWorkerResponding(api, within);
  if (endpoint === '' || endpoint.endsWith('(external)')) return true;
  if (part === 'api') return isApiResponding(endpoint, within);
  if (part === 'postgres') return isPostgresResponding(Number(endpoint.split(':')[1]), within);
  return isTemporalResponding(endpoint, within);
}
