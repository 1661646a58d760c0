// What a container of the image does, by its first argument.

/** @type {Record<string, () => Promise<unknown>>} */
const roles = {
  /** REST, sockets and the web app; any number of replicas. */
  api: () => import('../api/dist/main.js'),
  /** Runs the flows; any number of replicas. */
  worker: () => import('../worker/dist/main.js'),
  /** Brings the database up to date and ends. */
  migrate: () => import('../db/dist/migrate.js'),
  /** Sets up Temporal's namespace and ends. */
  'setup-temporal': () => import('../temporal-config/dist/setup.js'),
};

const name = process.argv[2] ?? '';
const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
if (role) await role();
else {
  process.stderr.write(`There is no role "${name}": use ${Object.keys(roles).join(', ')}.\n`);
  process.exitCode = 1;
}
