const uniqueViolation = '23505';

/** Whether PostgreSQL refused a row because another one has its key. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === uniqueViolation;
}
