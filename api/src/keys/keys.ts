import { randomUUID } from 'node:crypto';
import type { Key, ListQuery, Page, StoreKey } from '@crmflow/contracts';
import { createSecretCipher, type Prisma } from '@crmflow/db';
import type { Deps } from '../deps.js';
import { AppError } from '../errors/app-error.js';
import { decodeCursor, toPage } from '../http/cursor.js';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOf } from '../ask.js';
import { defaultHosts } from './default-hosts.js';
import { keyUsers } from './key-users.js';
import { last4 } from './last4.js';

/** The keys that users store for services. They are sealed here and opened only by the worker. */
export type Keys = {
  /** The newest first. */
  list(workspaceId: string, query: ListQuery): Promise<Page<Key>>;
  /**
   * Stores a key, in place of the one that the service has.
   * @returns whether it had none
   * @throws AppError `keys_full`
   */
  store(access: Access, key: StoreKey): Promise<{ created: boolean; key: Key }>;
  /** @throws AppError `not_found` */
  remove(access: Access, service: string): Promise<void>;
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
  workspaceId: string,
  rows: readonly Row[],
): Promise<(row: Row) => Key> {
  const services = rows.map(({ service }) => service);
  const users = await keyUsers(db, workspaceId, services);
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
    async list(workspaceId, { cursor, limit }) {
      const rows = await db.apiKey.findMany({
        where: { workspaceId, ...after(cursor) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
        select: shown,
      });
      const toKey = await tellerOf(db, workspaceId, rows);
      return toPage(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }), toKey);
    },
    async store(access, { service, key, hosts = defaultHosts(service, config.models) }) {
      const { workspaceId } = access;
      const id = randomUUID();
      const sealed = cipher.seal(key, { workspaceId, service, hosts });
      const data = { ...sealed, hosts, last4: last4(key) };
      const row = await db.$transaction(async (tx) => {
        const isKnown = (await tx.apiKey.count({ where: { workspaceId, service } })) > 0;
        if (!isKnown) await budgets.requireRoom(askOf(tx), workspaceId, { keys: 1 });
        const stored = await tx.apiKey.upsert({
          where: { workspaceId_service: { workspaceId, service } },
          create: { id, workspaceId, service, ...data },
          // Another key: nobody has used that one yet.
          update: { ...data, lastUsedAt: null },
          select: shown,
        });
        const resource = { kind: 'key', id: service, name: service };
        await audit(askOf(tx), access, { action: 'key.store', resource, changes: { hosts } });
        return stored;
      });
      const toKey = await tellerOf(db, workspaceId, [row]);
      return { created: row.id === id, key: toKey(row) };
    },
    remove: (access, service) =>
      db.$transaction(async (tx) => {
        const where = { workspaceId: access.workspaceId, service };
        const { count } = await tx.apiKey.deleteMany({ where });
        if (count === 0) {
          throw new AppError('not_found', 'The workspace has no key for this service.');
        }
        const resource = { kind: 'key', id: service, name: service };
        await audit(askOf(tx), access, { action: 'key.delete', resource });
      }),
  };
}
