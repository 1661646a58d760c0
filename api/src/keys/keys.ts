import { randomUUID } from 'node:crypto';
import type { Key, ListQuery, Page, StoreKey } from '@crmflow/contracts';
import { createSecretCipher, type Prisma } from '@crmflow/db';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import { askOf } from '../usage/ask-of.js';
import { defaultHosts } from './default-hosts.js';
import { keyUsers } from './key-users.js';
import { last4 } from './last4.js';

/** The keys that users store for services. They are sealed here and opened only by the worker. */
export type Keys = {
  /** The newest first. */
  list(userId: string, query: ListQuery): Promise<Page<Key>>;
  /**
   * Stores a key, in place of the one that the service has.
   * @returns whether it had none
   * @throws AppError `keys_full`
   */
  store(userId: string, key: StoreKey): Promise<{ created: boolean; key: Key }>;
  /** @throws AppError `not_found` */
  remove(userId: string, service: string): Promise<void>;
};

const shown = {
  id: true,
  service: true,
  last4: true,
  hosts: true,
  createdAt: true,
  updatedAt: true,
  lastUsedAt: true,
} as const satisfies Prisma.ApiKeySelect;

type Row = Prisma.ApiKeyGetPayload<{ select: typeof shown }>;

/** Tells of these keys all that is shown of them. */
async function tellerOf(
  db: Deps['db'],
  userId: string,
  rows: readonly Row[],
): Promise<(row: Row) => Key> {
  const services = rows.map(({ service }) => service);
  const users = await keyUsers(db, userId, services);
  return ({ createdAt, updatedAt, lastUsedAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
    usedBy: users.get(row.service) ?? { count: 0, flows: [] },
  });
}

function after(cursor: string | undefined): Prisma.ApiKeyWhereInput {
  if (cursor === undefined) return {};
  const { at, id } = decodeCursor(cursor);
  return { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] };
}

/** Keys in the database. */
export function createKeys({ db, config, budgets }: Pick<Deps, 'db' | 'config' | 'budgets'>): Keys {
  const cipher = createSecretCipher({ current: config.encryptionKey });

  return {
    async list(userId, { cursor, limit }) {
      const rows = await db.apiKey.findMany({
        where: { userId, ...after(cursor) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        select: shown,
      });
      const toKey = await tellerOf(db, userId, rows);
      return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toKey);
    },
    async store(userId, { service, key, hosts = defaultHosts(service, config.geminiBaseUrl) }) {
      const id = randomUUID();
      const sealed = cipher.seal(key, { userId, service, hosts });
      const data = { ...sealed, hosts, last4: last4(key) };
      const row = await db.$transaction(async (tx) => {
        const isKnown = (await tx.apiKey.count({ where: { userId, service } })) > 0;
        if (!isKnown) await budgets.requireRoom(askOf(tx), userId, { keys: 1 });
        return tx.apiKey.upsert({
          where: { userId_service: { userId, service } },
          create: { id, userId, service, ...data },
          // Another key: nobody has used that one yet.
          update: { ...data, lastUsedAt: null },
          select: shown,
        });
      });
      const toKey = await tellerOf(db, userId, [row]);
      return { created: row.id === id, key: toKey(row) };
    },
    async remove(userId, service) {
      const { count } = await db.apiKey.deleteMany({ where: { userId, service } });
      if (count === 0) throw new AppError('not_found', 'You have no key for this service.');
    },
  };
}
