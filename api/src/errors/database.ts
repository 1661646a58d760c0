/**
 * SQLSTATE classes and codes of a server that is away, starting, stopping or full, of what took it
 * too long (a statement, a lock, a transaction that did nothing), and of a transaction that it ended
 * because another one waited for it.
 */
const sqlStates = /^(?:08...|57P0[1235]|53...|57014|55P03|25P0[34]|40P01)$/;
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

/** SQLSTATE of a server whose disk or memory is full. */
const full = /^53[12]00$/;

function looksUnavailable(error: object): boolean {
  const { code, kind, name } = error as Clues;
  if (name === 'PrismaClientInitializationError') return true;
  if (typeof kind === 'string' && adapterKinds.has(kind)) return true;
  if (typeof code === 'string') {
    return sqlStates.test(code) || networkCodes.has(code) || prismaCodes.has(code);
  }
  return error instanceof Error && messages.test(error.message);
}

/** Looks through causes, as Prisma wraps what its driver threw. */
function isCausedBy(error: unknown, looks: (error: object) => boolean): boolean {
  for (let at = error, depth = 0; at !== null && typeof at === 'object' && depth < 5; depth += 1) {
    if (looks(at)) return true;
    const { cause, errors, meta } = at as Clues;
    if (Array.isArray(errors) && errors.some((one) => isCausedBy(one, looks))) return true;
    at = cause ?? meta?.driverAdapterError;
  }
  return false;
}

/**
 * Whether an error of pg or Prisma says that the database does not answer, as opposed to one that
 * answered with a refusal.
 */
export const isDatabaseUnavailable = (error: unknown) => isCausedBy(error, looksUnavailable);

/** Whether an error of pg or Prisma says that the database has no disk space or memory left. */
export const isDatabaseFull = (error: unknown) =>
  isCausedBy(error, ({ code }: Clues) => typeof code === 'string' && full.test(code));

const uniqueViolation = '23505';

/** Whether PostgreSQL refused a row because another one has its key. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === uniqueViolation;
}
