import { type Contact, limits, type ListContacts, type Page } from '@crmflow/contracts';
import type { Pool } from 'pg';
import type { Ask } from '../ask.js';
import { AppError } from '../errors/app-error.js';
import { cursorParams, toPage } from '../http/cursor.js';
import { patternOf } from '../search-pattern.js';

/** The error for a contact that does not exist. */
export const noSuchContact = () => new AppError('not_found', 'Contact not found.');

type Identity = Omit<Contact['identities'][number], 'verifiedAt'> & { verifiedAt: string | null };

type Row = Omit<Contact, 'blockedAt' | 'createdAt' | 'lastSeenAt' | 'identities'> & {
  blockedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date;
  identities: Identity[];
};

const columns = `
  c.id, c.name, c.email, c.phone, c.locale, c.timezone, c.attributes, c.tags, c.consent,
  c."blockedAt", c."createdAt", c."lastSeenAt",
  coalesce((SELECT jsonb_agg(jsonb_build_object(
                     'id', i.id, 'kind', i.kind, 'deploymentId', i.scope, 'value', i.value,
                     'verifiedAt', i."verifiedAt") ORDER BY i."createdAt", i.id)
              FROM "ContactIdentity" i WHERE i."contactId" = c.id), '[]') AS identities,
  coalesce((SELECT jsonb_agg(jsonb_build_object(
                     'id', m.id, 'contactId', m.source->'id', 'name', m.source->'name', 'email', m.source->'email', 'at', m.at)
                   ORDER BY m.at DESC, m.id)
              FROM "ContactMerge" m
             WHERE m."intoId" = c.id AND m."heldById" IS NULL
               AND m.at > now() - make_interval(days => ${limits.mergeDays})), '[]') AS merges`;

// PostgreSQL writes times in JSON with an offset.
const isoTime = (time: string | null) => time && new Date(time).toISOString();

const toContact = ({
  blockedAt,
  createdAt,
  lastSeenAt,
  identities,
  merges,
  ...row
}: Row): Contact => ({
  ...row,
  blockedAt: blockedAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  identities: identities.map((one) => ({ ...one, verifiedAt: isoTime(one.verifiedAt) })),
  merges: merges.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
});

/** The contacts of a workspace, those seen last first. */
export async function listContacts(
  pool: Pool,
  workspaceId: string,
  { q, tag, cursor, limit }: ListContacts,
): Promise<Page<Contact>> {
  const { at, id } = cursorParams(cursor);
  const values: unknown[] = [workspaceId, at, id, limit + 1];
  const conditions: string[] = [];
  if (q) conditions.push(`c.searched LIKE $${values.push(patternOf(q.trim()))}`);
  if (tag !== undefined) conditions.push(`c.tags @> ARRAY[$${values.push(tag)}]`);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM "Contact" c
      WHERE c."workspaceId" = $1
        AND ($2::timestamptz IS NULL OR (c."lastSeenAt", c.id) < ($2, $3))
        ${conditions.map((one) => `AND ${one}`).join(' ')}
      ORDER BY c."lastSeenAt" DESC, c.id DESC LIMIT $4`,
    values,
  );
  const position = ({ lastSeenAt, id: last }: Row) => ({ at: lastSeenAt, id: last });
  return toPage(rows, limit, position, toContact);
}

/** @throws AppError `not_found` */
export async function readContact(ask: Ask, id: string): Promise<Contact> {
  const [row] = await ask<Row>(`SELECT ${columns} FROM "Contact" c WHERE c.id = $1`, [id]);
  if (!row) throw noSuchContact();
  return toContact(row);
}
