import { createPool } from '@crmflow/db';
import type { User } from '@crmflow/contracts';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { newChat } from '../../api/src/testing/conversations.js';
import { databaseUrlOf } from '../support/database-of.js';
import type { Installation } from '../support/installation.js';
import type { Browsing } from './browser.js';

/** Where conversations are put that nobody has had. */
export type WorkspaceChat = {
  readonly pool: ReturnType<typeof createPool>;
  /** The workspace of the user of the test that runs. */
  readonly workspaceId: string;
  /** A chat page there. */
  readonly deploymentId: string;
};

/** The database of a file, and for each test a chat page in its user's workspace. */
export function useWorkspaceChat(site: Installation, browser: Browsing): WorkspaceChat {
  let pool: ReturnType<typeof createPool>;
  let workspaceId: string;
  let deploymentId: string;

  beforeAll(async () => {
    pool = createPool(await databaseUrlOf(site.system), { max: 1 });
  });
  afterAll(() => pool?.end());
  beforeEach(async () => {
    const { request } = browser.tab.page;
    const { user } = (await (await request.get('/api/auth/me')).json()) as { user: User };
    workspaceId = user.id;
    deploymentId = await newChat(pool, workspaceId);
  });

  return {
    get pool() {
      return pool;
    },
    get workspaceId() {
      return workspaceId;
    },
    get deploymentId() {
      return deploymentId;
    },
  };
}
