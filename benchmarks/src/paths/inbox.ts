import { conversationViews } from '@crmflow/contracts';
import type { Access } from '../../../api/src/access/authorize.js';
import { askOfClient } from '../../../api/src/ask.js';
import { countViews } from '../../../api/src/conversations/count-views.js';
import { listConversations, views } from '../../../api/src/conversations/read-conversations.js';
import { wordsOf } from '../../../api/src/conversations/said.js';
import { quantile } from '../../../tests/support/quantile.js';
import type { Harness } from '../harness.js';
import { inTurns, took } from '../measure.js';
import type { Line } from '../table.js';
import { fillMessages, words } from './many-messages.js';

type View = (typeof conversationViews)[number];

const limit = 50;
const rounds = 40;

/** The least that shows a view: who it is with, and where. */
function bare(view: View, tsquery: string | null): string {
  const said =
    tsquery === null
      ? ''
      : 'AND EXISTS (SELECT FROM "ConversationEvent" e WHERE e."conversationId" = c.id AND e.words @@ $3::tsquery)';
  const order = view === 'waiting' ? '"waitingSince", c.id' : '"lastMessageAt" DESC, c.id DESC';
  return `
    SELECT c.*, p.name, p.email, d.name AS deployment, w.name AS flow FROM "Conversation" c
      JOIN "Contact" p ON p.id = c."contactId" JOIN "Deployment" d ON d.id = c."deploymentId"
      JOIN "Workflow" w ON w.id = c."workflowId"
     WHERE c."workspaceId" = $1 AND c."contactId" IS NOT NULL AND c."lastMessageAt" IS NOT NULL
       AND $2 <> '' AND ${views[view](() => '$2')} ${said}
     ORDER BY c.${order} LIMIT ${limit + 1}`;
}

/** Each view of the inbox and searches over all messages, against bare SQL: the slowest of twenty. */
export async function inbox(harness: Harness): Promise<Line[]> {
  const { pool, user } = harness;
  const { workspaceId, conversations } = await fillMessages(harness);
  const access: Access = {
    workspaceId,
    role: 'owner',
    principal: { userId: workspaceId } as Access['principal'],
    may: () => true,
  };
  const lines: Line[] = [];
  const add = async (
    what: string,
    path: () => Promise<unknown>,
    floor: () => Promise<unknown>,
    aim = '≤ 1.5',
  ) => {
    const sample = { path: () => took(path), floor: () => took(floor) };
    const pair = await inTurns(rounds, sample, 3);
    const [slow, least] = [quantile(pair.path, 0.95), quantile(pair.floor, 0.95)];
    lines.push({ what: `${what}, p95`, path: slow, floor: least, unit: 'ms', aim });
  };
  const list = async (what: string, view: View, q?: string) => {
    const tsquery = q === undefined ? null : await wordsOf(askOfClient(pool), workspaceId, q);
    const values = [workspaceId, workspaceId, ...(tsquery === null ? [] : [tsquery])];
    const floor = () => pool.query(bare(view, tsquery), values);
    const asked = { view, limit, ...(q !== undefined && { q }) };
    await add(`${what}, by code`, () => listConversations(pool, access, asked), floor);
    const query = new URLSearchParams({ view, limit: `${limit}`, ...(q !== undefined && { q }) });
    const address = `/api/conversations?${query.toString()}`;
    const overHttp = async () => {
      const { status } = await user.call('GET', address);
      if (status !== 200) throw new Error(`GET ${address} answered ${status}`);
    };
    await add(`${what}, over HTTP`, overHttp, floor);
  };
  for (const view of conversationViews) {
    await list(`${view}, of ${(conversations / 2).toLocaleString('en')}`, view);
  }
  for (const [often, word] of Object.entries(words)) await list(`a word ${often}`, 'all', word);
  await list('two words', 'all', 'refund order');
  await list('a word in every fifth, of those that wait', 'waiting', 'order');
  const counted = `SELECT count(*) FROM (SELECT FROM "Conversation" c WHERE c."workspaceId" = $1
    AND $2 <> '' AND ${views.waiting(() => '$2')} LIMIT 100) AS counted`;
  const one = () => pool.query(counted, [workspaceId, workspaceId]);
  await add('four counts, against one', () => countViews(pool, access), one, '≤ 4');
  return lines;
}
