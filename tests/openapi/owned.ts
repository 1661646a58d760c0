import { randomUUID } from 'node:crypto';
import type { Role, RunSnapshot } from '@crmflow/contracts';
import { type Client, userOf, send } from '../support/client.js';
import { ask, node, row, say } from '../support/flows.js';
import { until } from '../support/until.js';
import { deployChat, visit, type Visitor } from '../support/visitor.js';

/** A word that is in everything that the owner makes, and may be in no answer to others. */
export const secret = 'Quetzalcoatl';

/** A flow of the owner that asks a question and ends. */
export const ownFlow = (owner: Client) =>
  owner.save(row([ask('question')], { name: `Flow of ${secret}` }));

/** A workspace of the owner besides the personal one. */
export async function ownTeam(owner: Client): Promise<string> {
  const team = { name: `Team of ${secret}` };
  const { status, body } = await owner.call<{ id: string }>('POST', '/api/workspaces', team);
  if (status !== 201) throw new Error(`making a workspace answered ${status}`);
  return body.id;
}

/** Invites an address into a workspace. @returns the token of the link */
export async function invite(
  owner: Client,
  workspaceId: string,
  invited: { email: string; role: Role },
): Promise<string> {
  const path = `/api/workspaces/${workspaceId}/invitations`;
  const { status, body } = await owner.call<{ token: string }>('POST', path, invited);
  if (status !== 201) throw new Error(`inviting answered ${status}`);
  return body.token;
}

/** Makes somebody a member of a workspace. @returns the id of the user */
export async function letIn(
  owner: Client,
  workspaceId: string,
  guest: Client,
  role: Role,
): Promise<string> {
  const { id, email } = await userOf(guest);
  const token = await invite(owner, workspaceId, { email, role });
  const { status } = await guest.call('POST', '/api/invitations/accept', { token });
  if (status !== 200) throw new Error(`accepting answered ${status}`);
  return id;
}

/** The same as a template that nobody else sees. */
export async function ownTemplate(owner: Client): Promise<string> {
  const id = await ownFlow(owner);
  const { body } = await owner.call<object>('GET', `/api/workflows/${id}`);
  const flow = { ...body, isTemplate: true };
  const { status } = await owner.call('PUT', `/api/workflows/${id}`, flow);
  if (status !== 200) throw new Error(`marking as a template answered ${status}`);
  return id;
}

/** The same with a first version. */
export async function publishedFlow(owner: Client): Promise<string> {
  const id = await ownFlow(owner);
  const { status } = await owner.call('POST', `/api/workflows/${id}/publish`);
  if (status !== 201) throw new Error(`publishing answered ${status}`);
  return id;
}

/** A chat of a published flow. */
export async function ownDeployment(owner: Client): Promise<string> {
  const path = `/api/workflows/${await publishedFlow(owner)}/deployments`;
  const { status, body } = await owner.call<{ id: string }>('POST', path, { kind: 'chat' });
  if (status !== 201) throw new Error(`deploying answered ${status}`);
  return body.id;
}

/** A webhook of a published flow, and the number of a delivery that it got. */
export async function ownHook(owner: Client): Promise<{ id: string; slug: string; n: number }> {
  const path = `/api/workflows/${await publishedFlow(owner)}/deployments`;
  type Made = { id: string; slug: string };
  const { status, body } = await owner.call<Made>('POST', path, { kind: 'webhook' });
  if (status !== 201) throw new Error(`deploying answered ${status}`);
  await send(`${owner.url}/hooks/${body.slug}`, undefined, 'POST', { from: secret });
  const kept = await owner.call<{ items: { n: number }[] }>(
    'GET',
    `/api/deployments/${body.id}/deliveries`,
  );
  return { ...body, n: kept.body.items[0]?.n ?? 0 };
}

/** A run of the owner that waits for a callback, and the path of its address. */
export async function ownCallback(owner: Client): Promise<{ runId: string; path: string }> {
  const flow = row([ask('question', { expect: 'callback' })], { name: `Flow of ${secret}` });
  const runId = await runOf(owner, await owner.save(flow), 'waiting', { version: 'draft' });
  const { status, body } = await owner.call<{ url: string }>('POST', `/api/runs/${runId}/callback`);
  if (status !== 200) throw new Error(`asking for the address answered ${status}`);
  return { runId, path: new URL(body.url).pathname };
}

/** A schedule of a published flow, far from due, with a run that was asked for. */
export async function ownSchedule(owner: Client): Promise<string> {
  const path = `/api/workflows/${await publishedFlow(owner)}/deployments`;
  const { status, body } = await owner.call<{ id: string }>('POST', path, {
    ...{ kind: 'schedule', name: `At times of ${secret}` },
    settings: { cron: '0 0 1 1 *', input: { from: secret } },
  });
  if (status !== 201) throw new Error(`deploying answered ${status}`);
  await owner.call('POST', `/api/deployments/${body.id}/run-now`, {});
  return body.id;
}

/** A contact of the owner. */
export async function ownContact(owner: Client): Promise<string> {
  const contact = { name: `Friend of ${secret}`, email: `${randomUUID()}@example.com` };
  const { status, body } = await owner.call<{ id: string }>('POST', '/api/contacts', contact);
  if (status !== 201) throw new Error(`making a contact answered ${status}`);
  return body.id;
}

/** A visitor at a chat of the owner, and the conversation in which they have said something. */
export async function ownVisitor(
  owner: Client,
): Promise<{ visitor: Visitor; conversationId: string; slug: string }> {
  const { slug } = await deployChat(owner, row([ask('question'), ask('more'), say('bye', 'Bye')]));
  const visitor = await visit(owner.url, slug);
  const conversationId = await visitor.begin();
  await visitor.say(conversationId, secret);
  await until('what was said', async () => {
    const { body } = await visitor.call<{ items: { type: string }[] }>(
      ...(['GET', `/conversations/${conversationId}/events`] as const),
    );
    return body.items.some(({ type }) => type === 'message');
  });
  return { visitor, conversationId, slug };
}

/** A conversation at a chat of the owner. */
export const ownConversation = async (owner: Client): Promise<string> =>
  (await ownVisitor(owner)).conversationId;

/** An entry of the owner's knowledge. */
export async function ownItem(owner: Client): Promise<string> {
  const entry = { name: `About ${secret}`, content: `${secret} has feathers.` };
  const { body } = await owner.call<{ id: string }>('POST', '/api/knowledge/manual', entry);
  return body.id;
}

/** Waits until the status of a run is this. */
export const untilStatus = (
  owner: Client,
  runId: string,
  status: RunSnapshot['status'],
): Promise<RunSnapshot> =>
  until(`run ${runId} to be ${status}`, async () => {
    const snapshot = await owner.snapshot(runId);
    return snapshot.status === status && snapshot;
  });

/** Starts a run of a flow and waits until its status is this. */
async function runOf(
  owner: Client,
  flowId: string,
  status: RunSnapshot['status'],
  body: object = {},
): Promise<string> {
  const started = await owner.call<{ runId: string }>('POST', `/api/workflows/${flowId}/runs`, {
    input: { from: secret },
    ...body,
  });
  const { runId } = started.body;
  await untilStatus(owner, runId, status);
  return runId;
}

/** A run of the owner, once its status is this. */
export async function ownRun(
  owner: Client,
  status: RunSnapshot['status'] = 'waiting',
  body: object = {},
): Promise<string> {
  return runOf(owner, await publishedFlow(owner), status, body);
}

/** A run of the owner that has failed at its only node. */
export async function failedRun(owner: Client): Promise<string> {
  const assign = [{ name: 'x', value: '{{ vars.missing }}' }];
  const flowId = await owner.save(row([node('set', 'logic', { kind: 'set', assign })]));
  return runOf(owner, flowId, 'failed', { version: 'draft' });
}

/** A run of the owner that waits on version 1 where there is a version 2. */
export async function outdatedRun(owner: Client): Promise<string> {
  const flowId = await publishedFlow(owner);
  const runId = await runOf(owner, flowId, 'waiting');
  const path = `/api/workflows/${flowId}`;
  const changed = row([ask('question'), say('then', 'Thanks.')], { name: `Flow of ${secret}` });
  await owner.call('PUT', path, { ...changed, revision: 1 });
  await owner.call('POST', `${path}/publish`);
  return runId;
}
