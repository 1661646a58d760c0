import { randomUUID } from 'node:crypto';
import type { Contact, UpdateContact } from '@crmflow/contracts';
import { transaction } from '@crmflow/db';
import { audit } from '../access/audit.js';
import type { Access } from '../access/authorize.js';
import { askOfClient } from '../ask.js';
import type { Deps } from '../deps.js';
import { noSuchContact, readContact } from './read-contacts.js';

/**
 * A contact as the audit log names it: by its id alone. Entries cannot be changed, so a name in them
 * would outlive the contact that was erased.
 */
export const contactResource = (id: string) => ({ kind: 'contact', id, name: id });

/** Columns by name with the values that are sent for them. */
function columnsOf({
  tags,
  attributes,
  name,
  email,
  phone,
  locale,
  timezone,
}: Omit<UpdateContact, 'blocked'>): Record<string, unknown> {
  const sent = {
    ...{ name, email, phone, locale, timezone },
    attributes: attributes && JSON.stringify(attributes),
    tags: tags && [...new Set(tags)],
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

/** Adds a contact to a workspace. @throws AppError `installation_full` */
export async function createContact(
  { pool, budgets }: Pick<Deps, 'pool' | 'budgets'>,
  { workspaceId }: Access,
  sent: Omit<UpdateContact, 'blocked'>,
): Promise<Contact> {
  await budgets.requireInstallation();
  const all = { id: randomUUID(), workspaceId, ...columnsOf(sent) };
  const names = Object.keys(all).map((name) => `"${name}"`);
  const ask = askOfClient(pool);
  await ask(
    `INSERT INTO "Contact" (${names.join(', ')})
     VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(all),
  );
  return readContact(ask, all.id);
}

/** Changes a contact; what is left out stays. @throws AppError `not_found` */
export async function updateContact(
  pool: Deps['pool'],
  access: Access,
  id: string,
  { blocked, ...sent }: UpdateContact,
): Promise<Contact> {
  const changed = columnsOf(sent);
  const sets = Object.keys(changed).map((name, index) => `"${name}" = $${index + 2}`);
  if (blocked === true) sets.push('"blockedAt" = coalesce("blockedAt", now())');
  if (blocked === false) sets.push('"blockedAt" = NULL');
  return transaction(pool, async (client) => {
    const ask = askOfClient(client);
    const found = await ask(
      `UPDATE "Contact" SET ${[...sets, '"updatedAt" = now()'].join(', ')} WHERE id = $1
       RETURNING id`,
      [id, ...Object.values(changed)],
    );
    if (found.length === 0) throw noSuchContact();
    const changes = {
      fields: Object.keys(changed),
      ...(blocked !== undefined && { blocked }),
    };
    const resource = contactResource(id);
    await audit(ask, access, { action: 'contact.change', resource, changes });
    return readContact(ask, id);
  });
}
