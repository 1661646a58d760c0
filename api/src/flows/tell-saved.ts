import { publish } from '@crmflow/db';
import type { Pool } from 'pg';
import type { Access } from '../access/authorize.js';

/** Tells those who have a flow open that its draft was saved, and by whom. */
export async function tellSaved(
  pool: Pool,
  { principal: { userId } }: Access,
  { id, revision }: { id: string; revision: number },
): Promise<void> {
  // It is saved. Who is not told of it finds that out by their own next save.
  await publish(pool, { kind: 'flow-saved', workflowId: id, revision, userId }).catch(() => {});
}
