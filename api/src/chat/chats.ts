import type { ChatSettings } from '@crmflow/contracts';
import type { Pool } from 'pg';
import { chatSettingsOf } from '../deployments/settings.js';
import { slugPattern } from '../deployments/slug.js';
import { AppError } from '../errors/app-error.js';
import { isOwnOrigin } from '../http/origin.js';

/** A chat that visitors reach by its slug. */
export type Chat = {
  id: string;
  slug: string;
  workspaceId: string;
  workflowId: string;
  name: string;
  /** Whether conversations can begin. */
  isOpen: boolean;
  isDeleted: boolean;
  /** For new conversations; null for the newest. */
  version: number | null;
  settings: ChatSettings;
};

/** A row of `chatColumns`. */
export type ChatRow = Omit<Chat, 'settings' | 'isOpen'> & { enabled: boolean; settings: unknown };

/** Of a deployment `d`. */
export const chatColumns = `d.id, d.slug, d."workspaceId", d."workflowId", d.name, d.enabled,
  d."deletedAt" IS NOT NULL AS "isDeleted", d.version, d.settings`;

/** A chat with the defaults of what its settings leave out. */
export const toChat = ({ enabled, settings, ...row }: ChatRow): Chat => ({
  ...row,
  isOpen: enabled && !row.isDeleted,
  settings: chatSettingsOf(settings),
});

/** The error for an address that no chat has. */
export const noSuchChat = () => new AppError('not_found', 'This chat does not exist.');

/**
 * The chat at an address, also one that was deleted; null where there never was one.
 * @param slug any text
 */
export async function findChat(pool: Pool, slug: string): Promise<Chat | null> {
  if (!slugPattern.test(slug)) return null;
  const { rows } = await pool.query<ChatRow>({
    name: 'find-chat',
    text: `SELECT ${chatColumns} FROM "Deployment" d
             JOIN "Workspace" w ON w.id = d."workspaceId" AND w."deletingSince" IS NULL
            WHERE d.slug = $1 AND d.kind = 'chat'`,
    values: [slug],
  });
  return rows[0] ? toChat(rows[0]) : null;
}

/** The chat of a conversation, also one that was deleted. @throws AppError `not_found` */
export async function findChatOf(pool: Pool, conversationId: string): Promise<Chat> {
  const { rows } = await pool.query<ChatRow>(
    `SELECT ${chatColumns} FROM "Conversation" c JOIN "Deployment" d ON d.id = c."deploymentId"
      WHERE c.id = $1`,
    [conversationId],
  );
  if (rows[0]) return toChat(rows[0]);
  throw new AppError('not_found', 'Conversation not found.');
}

/** @throws AppError `deployment_paused` */
export function requireOpen({ isOpen }: Chat): void {
  if (isOpen) return;
  throw new AppError('deployment_paused', 'This chat is closed at the moment. Try again later.');
}

function isAt(domain: string, { host }: URL): boolean {
  if (!domain.startsWith('*.')) return host === domain;
  return host.endsWith(domain.slice(1));
}

/** Whether a page of this origin is on one of the sites that may show a chat. */
function isListed(origin: string, domains: readonly string[]): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  // Browsers send nothing else in an origin: no path, and nobody's name.
  if (url.origin !== origin) return false;
  return /^https?:$/.test(url.protocol) && domains.some((domain) => isAt(domain, url));
}

/**
 * Lets pass what comes from our own page, from a listed site, and from no page at all.
 * @returns the origin that may read the answer, where it is not ours
 * @throws AppError `origin_not_allowed`
 */
export function requireSite(
  { settings: { domains } }: Chat,
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  origins: readonly string[],
): string | null {
  if (origin === undefined || isOwnOrigin(origin, host, origins)) return null;
  if (isListed(origin, domains)) return origin;
  const detail = `Pages of ${origin.slice(0, 200)} may not use this chat. Add the domain to it in the studio, under Share.`;
  throw new AppError('origin_not_allowed', detail);
}
