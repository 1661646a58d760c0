import type { Contact, Page as ListPage } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { newConversation } from '../../api/src/testing/conversations.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';
import { useWorkspaceChat } from './workspace-chat.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
const chat = useWorkspaceChat(site, browser);
let page: Page;

beforeEach(() => {
  ({ page } = browser.tab);
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (name: string) => page.getByLabel(name, { exact: true });
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();
const rows = () => page.locator('.talk-row');
const more = async (command: string) => {
  await press('More actions');
  await page.getByRole('menuitem', { name: command }).click();
};

async function createContact(data: Partial<Contact>): Promise<string> {
  const answer = await page.request.post('/api/contacts', { data });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as Contact).id;
}

async function contacts(): Promise<Contact[]> {
  const answer = await page.request.get('/api/contacts');
  return ((await answer.json()) as ListPage<Contact>).items;
}

/** A conversation that has ended, whose last message was the flow's. */
const talk = (contactId: string, ...said: string[]) =>
  newConversation(chat.pool, {
    ...{ workspaceId: chat.workspaceId, deploymentId: chat.deploymentId },
    ...{ contactId, said },
    row: {
      status: 'closed',
      lastMessage: JSON.stringify({ role: 'flow', text: said.at(-1) }),
      rating: JSON.stringify({ score: 4, at: '2026-01-01T00:00:00.000Z' }),
    },
  });

it('conversations are found by what was said, and read with who said it', async () => {
  await page.goto('/conversations');
  await page.getByText('No conversations yet').waitFor();
  const grace = await createContact({ name: 'Grace', email: 'grace@example.com' });
  const { id } = await talk(grace, 'My tooth hurts', 'Come on Monday.');
  const stranger = await createContact({});
  await talk(stranger, 'Do you take cards?', 'We do.');
  await page.reload();
  await until('both', async () => (await rows().count()) === 2);
  await rows()
    .filter({ hasText: `Customer ${stranger.slice(-4)}` })
    .getByText('We do.')
    .waitFor();
  await page.getByRole('searchbox', { name: 'Search conversations' }).fill('tooth');
  await until('the one', async () => (await rows().count()) === 1);
  await page.getByRole('link', { name: 'Grace', exact: true }).click();

  await page.getByRole('heading', { name: 'Grace' }).waitFor();
  const said = page.locator('.said');
  expect(await said.locator('.who').allInnerTexts()).toEqual(['Grace', 'Flow']);
  expect(await page.locator('main').innerText()).not.toMatch(/\bYou\b/);
  await page.getByRole('img', { name: '4 out of 5' }).waitFor();
  await field('Add a tag').fill('vip');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove the tag vip' }).waitFor();
  expect((await contacts()).find((one) => one.id === grace)?.tags).toEqual(['vip']);

  // What is said meanwhile comes without a reload, and so does the end.
  const add = (seq: number, type: string, data: object) =>
    chat.pool.query(
      `INSERT INTO "ConversationEvent" ("conversationId", seq, at, type, data)
       VALUES ($1, $2, now(), $3, $4)`,
      [id, seq, type, JSON.stringify(data)],
    );
  await add(3, 'message', { id: 'm3', role: 'operator', name: 'Ada', text: 'I will call you.' });
  await add(4, 'finished', {});
  await chat.pool.query('UPDATE "Conversation" SET "lastSeq" = 4 WHERE id = $1', [id]);
  await page.locator('.said.operator').getByText('I will call you.').waitFor();
  await page.getByText(/^Conversation ended/).waitFor();
});

it('the conversations of a flow stand beside it', async () => {
  await talk(await createContact({ name: 'Grace' }), 'Hello', 'Hi!');
  await page.goto(`/flows/${chat.deploymentId}/conversations`);
  await rows().getByText('Grace').waitFor();
  await page.getByRole('link', { name: 'Ended', exact: true }).click();
  await until('the view', () => page.url().endsWith('/conversations?view=closed'));
  await rows().getByText('Grace').waitFor();
  await page.getByRole('link', { name: 'Waiting for your team' }).click();
  await page.getByText('No conversations match').waitFor();
});

it('a search and filters are kept under a name, and opened from anywhere', async () => {
  await talk(await createContact({ name: 'Grace' }), 'My tooth hurts', 'Come on Monday.');
  await talk(await createContact({ name: 'Ida' }), 'Do you take cards?', 'We do.');
  await page.goto('/conversations?view=closed&q=tooth');
  await rows().getByText('Grace').waitFor();
  const views = (name: string) => page.getByRole('button', { name, exact: true });
  await views('Saved views').click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await dialog.locator('.fault').waitFor();
  await dialog.getByLabel('Name').fill('Teeth');
  await page.keyboard.press('Enter');
  await told('View “Teeth” saved');

  await page.goto('/conversations');
  await until('both', async () => (await rows().count()) === 2);
  await views('Saved views').click();
  await page.getByRole('menuitemcheckbox', { name: 'Teeth' }).click();
  await until('the view', () => page.url().endsWith('/conversations?view=closed&q=tooth'));
  await until('the one', async () => (await rows().count()) === 1);
  await page.locator('.saved-views-menu').getByText('Teeth').waitFor();

  await views('Saved views').click();
  await page.getByRole('menuitem', { name: 'Manage views…' }).click();
  await dialog.getByLabel('Name of Teeth').fill('Toothache');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Delete the view Toothache' }).click();
  await told('View “Toothache” deleted');
  await dialog.getByText('No saved views yet').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect(await (await page.request.get('/api/saved-views')).json()).toEqual({ items: [] });
});

it('several conversations are selected by keys and ranges, and their contacts tagged or erased', async () => {
  const names = ['Ada', 'Grace', 'Ida', 'Mary'];
  for (const name of names) {
    const contact = await createContact({ name });
    await talk(contact, 'Hello', 'Hi!');
    if (name === 'Mary') await talk(contact, 'Hello again', 'Hi again!');
  }
  await page.goto('/conversations');
  await until('all', async () => (await rows().count()) === 5);
  const box = (index: number) => rows().nth(index).getByRole('checkbox');
  const bar = page.getByRole('region', { name: 'Selected conversations' });
  await box(0).focus();
  await page.keyboard.press('Space');
  await bar.getByText('1 conversation selected').waitFor();
  await box(2).focus();
  await page.keyboard.press('Shift+Space');
  await bar.getByText('3 conversations selected').waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await box(4).click();
  await box(1).click({ modifiers: ['Shift'] });
  await bar.getByText('4 conversations selected').waitFor();
  await bar.getByRole('button', { name: 'Select all 5 shown' }).click();

  // One of them fails, and only that one stays selected.
  const all = await contacts();
  const ida = all.find(({ name }) => name === 'Ida')!;
  await page.route(`**/api/contacts/${ida.id}`, (route) => route.abort());
  await bar.getByRole('button', { name: 'Tag 4 contacts…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tag').fill('vip');
  await page.keyboard.press('Enter');
  await told('Tagged 3 contacts with “vip”');
  await bar.getByRole('alert').getByText('Ida: ').waitFor();
  await bar.getByText('1 conversation selected').waitFor();
  await page.unroute(`**/api/contacts/${ida.id}`);
  const tagged = (await contacts()).filter(({ tags }) => tags.includes('vip'));
  expect(tagged.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Grace', 'Mary']);

  await rows().filter({ hasText: 'Mary' }).first().getByRole('checkbox').click();
  await bar.getByRole('button', { name: 'Delete 2 contacts…' }).click();
  await dialog.getByText(/Ida/).waitFor();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await told('Deleted 2 contacts');
  await until('the others', async () => (await rows().count()) === 2);
  await bar.waitFor({ state: 'detached' });
  expect((await contacts()).map(({ name }) => name).toSorted()).toEqual(['Ada', 'Grace']);
});

it('contacts are added, changed, blocked, merged and erased', async () => {
  await page.goto('/contacts');
  await page.getByText('No contacts yet').waitFor();
  await press('Add contact');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Grace');
  await dialog.getByLabel('Email address').fill('grace@');
  await dialog.getByRole('button', { name: 'Add contact' }).click();
  await dialog.locator('.fault').waitFor();
  await dialog.getByLabel('Email address').fill('grace@example.com');
  await dialog.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('heading', { name: 'Grace' }).waitFor();

  await field('Phone number').fill('+1 202 555 0114');
  await press('Add an attribute');
  await page.keyboard.type('plan');
  await field('Value: plan').fill('pro');
  await press('Save');
  await told('Saved');
  expect(await contacts()).toMatchObject([
    { name: 'Grace', phone: '+1 202 555 0114', attributes: { plan: 'pro' } },
  ]);
  await more('Block');
  await dialog.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('This contact can’t write').waitFor();
  await press('Unblock');
  await told('Grace can write again');

  const other = await createContact({ name: 'Grace Hopper', tags: ['navy'] });
  await talk(other, 'Hello', 'Hi!');
  await more('Merge with another contact…');
  await dialog.getByRole('radio', { name: 'Grace Hopper' }).check();
  const preview = dialog.getByRole('status').filter({ hasText: 'Grace Hopper stays and gets' });
  await preview.getByText('Phone number: +1 202 555 0114').waitFor();
  await preview.getByText('Name: Grace', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Merge contacts' }).click();
  await page.getByRole('heading', { name: 'Grace Hopper' }).waitFor();
  expect(await contacts()).toMatchObject([
    { id: other, email: 'grace@example.com', tags: ['navy'], attributes: { plan: 'pro' } },
  ]);

  await rows().getByText('Hi!').waitFor();
  await page.getByText(/^Merged with Grace, /).waitFor();
  await press('Undo the merge with Grace');
  await told('Grace is a contact of its own again');
  expect((await contacts()).map(({ name, email }) => [name, email])).toEqual(
    expect.arrayContaining([
      ['Grace Hopper', null],
      ['Grace', 'grace@example.com'],
    ]),
  );
  await page.getByText(/^Merged with/).waitFor({ state: 'detached' });
  await page.goto('/contacts');
  await page.getByRole('link', { name: 'Grace', exact: true }).click();
  await page.getByRole('heading', { name: 'Grace', exact: true }).waitFor();
  await more('Delete contact…');
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await told('Deleted');
  await page.getByRole('link', { name: 'Grace Hopper', exact: true }).click();
  await more('Delete contact…');
  await dialog.getByText('1 conversation with all messages').waitFor();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByText('No contacts yet').waitFor();
  expect(await contacts()).toEqual([]);
});
