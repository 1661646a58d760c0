/** SQLSTATE classes and codes of a server that is away, starting, stopping or full. */
const sqlStates = /^(?:08...|57P0[1235]|53300)$/;
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** Prisma: not reachable, timed out, refused, closed, no free connection. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
const adapterKinds = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);
/** What pg says without a code. */
const messages =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection ended|Cannot use a pool after calling end|Query read timeout/i;

type Clues = {
  code?: unknown;
  kind?: unknown;
  cause?: unknown;
  errors?: unknown;
  name?: unknown;
  /** Where Prisma keeps what its driver threw. */
  meta?: { driverAdapterError?: unknown };
};

function looksUnavailable(error: object): boolean {
  const { code, kind, name } = error as Clues;
  if (name === 'PrismaClientInitializationError') return true;
  if (typeof kind === 'string' && adapterKinds.has(kind)) return true;
  if (typeof code === 'string') {
    return sqlStates.test(code) || networkCodes.has(code) || prismaCodes.has(code);
  }
  return error instanceof Error && messages.test(error.message);
}

/**
 * Whether an error of pg or Prisma says that the database does not answer, as opposed to one that
 * answered with a refusal. Looks through causes, as Prisma wraps what its driver threw.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (let at = error, depth = 0; at !== null && typeof at === 'object' && depth < 5; depth += 1) {
    if (looksUnavailable(at)) return true;
    const { cause, errors, meta } = at as Clues;
    if (Array.isArray(errors) && errors.some((one) => isDatabaseUnavailable(one))) return true;
    at = cause ?? meta?.driverAdapterError;
  }
  return false;
}
