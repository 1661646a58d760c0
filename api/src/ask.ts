import type { Prisma } from '@crmflow/db';
import type pg from 'pg';

/** Asks the database: a pool, or a transaction. */
export type Ask = <Row extends object>(text: string, values: unknown[]) => Promise<Row[]>;

/** Asks over a connection or a transaction of Prisma. */
export const askOf =
  (tx: Pick<Prisma.TransactionClient, '$queryRawUnsafe'>): Ask =>
  (text, values) =>
    tx.$queryRawUnsafe(text, ...values);

/** Asks over a plain connection or a pool. */
export const askOfClient =
  (client: Pick<pg.ClientBase, 'query'>): Ask =>
  async <Row extends object>(text: string, values: unknown[]) =>
    (await client.query<Row>(text, values)).rows;
