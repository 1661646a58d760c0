import type pg from 'pg';

/**
 * Runs `work` in a transaction over one connection: all of it happens, or nothing where it throws.
 */
export async function transaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is of no more use.
    await client.query('ROLLBACK').catch((broken: Error) => (failure = broken));
    throw error;
  } finally {
    client.release(failure);
  }
}
