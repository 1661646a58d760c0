import { randomUUID } from 'node:crypto';
import { createPool } from '@crmflow/db';
import type { User } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { newChat, newConversation } from '../../api/src/testing/conversations.js';
import { databaseUrlOf } from '../support/database-of.js';
import { useInstallation } from '../support/installation.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';
import { planFlow } from './plan-flow.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });
let page: Page;
let found: string[];

beforeEach(() => {
  found = [];
  ({ page } = browser.tab);
});

const look = async (where: string) => {
  found.push(...(await violationsOf(page, where)));
};
const visit = async (where: string, address: string, ready: string) => {
  await page.goto(address);
  await page.locator(ready).first().waitFor();
  await look(where);
};
const card = (id: string) => page.locator(`[data-node="${id}"]`);

async function post<T>(address: string, data: object = {}): Promise<T> {
  const answer = await page.request.post(address, { data });
  if (!answer.ok()) throw new Error(`POST ${address} answered ${answer.status()}`);
  return (await answer.json()) as T;
}

async function doors() {
  await visit('sign-in', '/', 'h1');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await look('register');
  await page.getByLabel('Password', { exact: true }).fill('x');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.locator('[aria-invalid=true]').first().waitFor();
  await look('register with faults');
}

async function studio(flowId: string) {
  await visit('studio', `/flows/${flowId}`, '[data-node=start]');
  await page.keyboard.press('Shift+1');
  for (const id of ['start', 'hello', 'explain', 'which', 'order']) {
    await card(id).click();
    await look(`inspector of ${id}`);
  }
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menu').waitFor();
  await look('menu of a node');
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'hidden' });
  await page.keyboard.press('Control+f');
  await page.getByRole('listbox', { name: 'Find a node' }).waitFor();
  await look('find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await look('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Speak' }).click();
  await page.getByRole('button', { name: /warning/ }).click();
  await page.locator('.issue-list').first().waitFor();
  await look('problems');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'No issues' }).waitFor();
  await page.getByRole('tab', { name: 'Test run' }).click();
  await look('test');
  await page.getByRole('button', { name: 'Start test' }).click();
  await page.getByRole('button', { name: 'Professional' }).waitFor();
  await look('a test that waits');
  await page.getByRole('tab', { name: 'Properties' }).click();
  await card('explain').click();
  await page.getByLabel('Action', { exact: true }).selectOption('converse');
  await page.getByLabel('Fields to collect').check();
  await page.getByLabel('Field name').waitFor();
  await page.locator('summary', { hasText: 'Tools' }).click();
  await page.getByRole('button', { name: 'Add an integration' }).click();
  await page.getByLabel('Integration', { exact: true }).waitFor();
  await page.locator('summary', { hasText: 'More settings' }).click();
  await page.getByLabel('Model', { exact: true }).waitFor();
  await look('inspector of an ai node that talks');
  const undo = page.locator('.studio-bar').getByRole('button', { name: /^Undo/ });
  while (await undo.isEnabled()) await undo.click();
  await page.getByText('Saved', { exact: true }).waitFor();
}

/** A contact who has talked. */
async function talked() {
  const { user } = (await (await page.request.get('/api/auth/me')).json()) as { user: User };
  const workspaceId = user.id;
  const contact = await post<{ id: string }>('/api/contacts', { name: 'Grace', tags: ['vip'] });
  await post('/api/contacts', { email: 'linus@example.com' });
  const pool = createPool(await databaseUrlOf(site.system), { max: 1 });
  try {
    const deploymentId = await newChat(pool, workspaceId);
    const talk = await newConversation(pool, {
      ...{ workspaceId, deploymentId, contactId: contact.id, said: ['Hello', 'Hi!'] },
      row: { status: 'closed', rating: JSON.stringify({ score: 4, at: '2026-01-01T00:00:00Z' }) },
    });
    return { contactId: contact.id, conversationId: talk.id };
  } finally {
    await pool.end();
  }
}

async function sharing(flowId: string, deploymentId: string) {
  await visit('share', `/flows/${flowId}/share`, '.share-row');
  const chat = `/flows/${flowId}/share/${deploymentId}`;
  await visit('a chat page', chat, '.copy-code');
  for (const section of ['look', 'customers', 'behavior', 'general']) {
    await visit(`${section} of a chat page`, `${chat}/${section}`, '.share-section form');
  }
  await page.goto(`${chat}/customers`);
  await page.getByRole('button', { name: 'Add a secret' }).click();
  await page.getByRole('dialog').waitFor();
  await look('a secret');
  await page.keyboard.press('Escape');
}

async function inbox(conversationId: string) {
  await visit('an empty inbox', '/inbox', '.inbox-none');
  await visit('the inbox', `/inbox/${conversationId}?view=all`, '.said');
  await page.getByRole('button', { name: 'Remove the tag vip' }).waitFor();
  await look('a conversation of the inbox with its customer');
  await page.getByRole('button', { name: 'Note', exact: true }).click();
  await page.locator('.is-note textarea').waitFor();
  await look('a note');
  for (const [key, where] of [
    ['a', 'assign'],
    ['s', 'snooze'],
    ['?', 'keys of the inbox'],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor();
    await look(where);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  await page.getByRole('button', { name: 'Canned replies' }).click();
  await page.getByRole('button', { name: 'Add canned reply' }).click();
  await page.getByLabel('Shortcut').waitFor();
  await look('a canned reply');
  await page.keyboard.press('Escape');
}

async function customers(contactId: string, conversationId: string) {
  await visit('conversations', '/conversations', '.talk-row');
  await visit('a conversation', `/conversations/${conversationId}`, '.said');
  await page.getByRole('button', { name: 'Remove the tag vip' }).waitFor();
  await look('a conversation with its customer');
  await visit('contacts', '/contacts', '.contact-row');
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('dialog').waitFor();
  await look('add a contact');
  await visit('a contact', `/contacts/${contactId}`, '.talk-row');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Merge/ }).click();
  await page.getByRole('radio').first().check();
  await look('merge contacts');
}

async function runs(flowId: string, runId: string) {
  await visit('runs', '/runs', '.run-row');
  await visit('chat of a run', `/runs/${runId}`, '.choices');
  await page.getByRole('button', { name: 'Event log' }).click();
  await page.locator('.events').getByText('run.started').waitFor();
  await look('event log');
  await visit('timeline', `/runs/${runId}?view=timeline`, '.timeline');
  await visit('canvas of a run', `/runs/${runId}?view=canvas`, '.card-node');
  await visit('versions', `/flows/${flowId}/versions`, '.card-node');
  await visit('figures', `/flows/${flowId}/analytics`, '.figures');
}

async function others(itemId: string) {
  await visit('knowledge', '/knowledge', 'main li');
  for (const name of ['Add an entry', 'Add a web page']) {
    await page.getByRole('button', { name }).click();
    await page.getByRole('dialog').waitFor();
    await look(name);
    await page.keyboard.press('Escape');
  }
  await visit('an item of knowledge', `/knowledge/${itemId}`, '.passages');
  for (const section of [
    'profile',
    'personality',
    'password',
    'sessions',
    'keys',
    'usage',
    'appearance',
    'workspace',
    'members',
    'tokens',
    'audit',
  ]) {
    await visit(section, `/settings/${section}`, '.setting h1');
  }
  await page.goto('/settings/members');
  await page.getByRole('button', { name: 'Invite someone' }).click();
  await page.getByLabel('Email address').fill('guest@example.com');
  await look('invite');
  await page.getByRole('button', { name: 'Create invitation' }).click();
  await page.getByLabel('Invitation link').waitFor();
  await look('the link of an invitation');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'Pending invitations' }).waitFor();
  await look('open invitations');
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'Create a token' }).click();
  await page.getByRole('dialog').waitFor();
  await look('make a token');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Workspace: / }).click();
  await page.getByRole('menu').waitFor();
  await look('workspaces');
  await page.keyboard.press('Escape');
  await visit('an invitation', '/invitation#token=x&workspace=Harbour', 'h1');
  await visit('templates', '/templates', 'h1');
  await visit('a template', '/templates/template-faq', 'h1');
  await visit('nothing', '/nothing/here', 'h1');
}

it.each(['light', 'dark'] as const)(
  'axe finds nothing on any page in the %s theme',
  { timeout: 300_000 },
  async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await doors();
    await post('/api/auth/register', {
      ...{ email: `${randomUUID()}@example.com`, password: 'correct horse battery' },
    });
    await visit('no flows', '/', '.empty');
    await visit('no runs', '/runs', '.empty');
    await visit('no conversations', '/conversations', '.empty');
    await visit('no contacts', '/contacts', '.empty');
    await visit('no knowledge', '/knowledge', 'h1');
    const { id: flowId } = await post<{ id: string }>('/api/workflows', planFlow(site.echo.url));
    await post(`/api/workflows/${flowId}/publish`);
    const { runId } = await post<{ runId: string }>(`/api/workflows/${flowId}/runs`);
    const entry = { question: 'When?', answer: 'On Mondays.' };
    const item = await post<{ id: string }>('/api/knowledge/manual', entry);
    await post('/api/keys', { service: 'crm', key: '0123456789', hosts: ['example.com'] });
    await visit('flows', '/', '.flow');
    await studio(flowId);
    await runs(flowId, runId);
    await visit('nothing shared', `/flows/${flowId}/share`, '.empty');
    const chat = await post<{ id: string }>(`/api/workflows/${flowId}/deployments`, {
      kind: 'chat',
    });
    await sharing(flowId, chat.id);
    const { contactId, conversationId } = await talked();
    await visit('conversations of a flow', `/flows/${flowId}/conversations`, '.empty');
    await inbox(conversationId);
    await customers(contactId, conversationId);
    await others(item.id);
    expect(found).toEqual([]);
  },
);
