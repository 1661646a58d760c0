// Starts the role that is given as the first argument of the container.

/** @type {Record<string, () => Promise<unknown>>} */
const roles = {
  /** REST, sockets and the web app; any number of replicas. */
  api: () => import('../api/dist/main.js'),
  /** Runs the flows; any number of replicas. */
  worker: () => import('../worker/dist/main.js'),
  /** Replays active runs as a worker of this version would; exits with 1 if it cannot continue one. */
  'check-runs': () => import('../worker/dist/check-runs-main.js'),
  /** Migrates the database, then exits. */
  migrate: () => import('../db/dist/migrate.js'),
  /** Sets up Temporal's namespace, then exits. */
  'setup-temporal': () => import('../temporal-config/dist/setup.js'),
};

const name = process.argv[2] ?? '';
const role = Object.hasOwn(roles, name) ? roles[name] : undefined;
if (role) await role();
else {
  process.stderr.write(`Unknown role "${name}". Use one of ${Object.keys(roles).join(', ')}.\n`);
  process.exitCode = 1;
}
