import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { newConversation } from '../../api/src/testing/conversations.js';
import { testPassword } from '../support/client.js';
import type { Reply } from '../support/fake-gemini.js';
import { ask, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';
import { useWorkspaceChat } from './workspace-chat.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
const chat = useWorkspaceChat(site, browser);
let page: Page;

beforeEach(() => {
  ({ page } = browser.tab);
});

async function post<T>(address: string, data: object = {}, of: Page = page): Promise<T> {
  const answer = await of.request.post(address, { data });
  if (!answer.ok()) throw new Error(`POST ${address} answered ${answer.status()}`);
  return (await answer.json()) as T;
}

/** Somebody who has written, and waits for a person. */
async function talk(name: string, said: string[], row: object = {}): Promise<string> {
  const contact = await post<{ id: string }>('/api/contacts', { name, tags: ['vip'] });
  const lastMessage = JSON.stringify({ role: 'visitor', text: said.at(-1) });
  const { id } = await newConversation(chat.pool, {
    ...{ workspaceId: chat.workspaceId, deploymentId: chat.deploymentId },
    ...{ contactId: contact.id, said },
    row: { unread: 1, lastMessage, ...row },
  });
  return id;
}

/** The page of a customer. */
const field = (of: Page) => of.locator('.field');
const bubble = (of: Page, text: string) => of.locator('.log .bubble').getByText(text).waitFor();

async function write(of: Page, text: string): Promise<void> {
  await field(of).fill(text);
  await field(of).press('Enter');
}

const rows = () => page.locator('.inbox-list .talk-row');
const names = () => page.locator('.inbox-list .row-link').allInnerTexts();
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();

it('a team works through its inbox by keys', async () => {
  const since = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const waits = (minutes: number) => ({ status: 'waiting', waitingSince: since(minutes) });
  await talk('Grace', ['Is it open?'], waits(5));
  const linus = await talk('Linus', ['My tooth hurts'], waits(50));
  await post('/api/canned-replies', { shortcut: 'hours', text: 'Hello {{contact.name}}.' });
  await page.goto('/inbox');
  await page.getByText('Nothing is assigned to you').waitFor();
  await page.getByRole('link', { name: 'Waiting 2' }).click();
  await until('who has waited longest first', async () => (await names()).join() === 'Linus,Grace');

  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'Linus' }).waitFor();
  await page.locator('.said').getByText('My tooth hurts').waitFor();
  // What is seen is read.
  await rows().filter({ hasText: 'Grace' }).and(page.locator('.unread')).waitFor();
  await rows().filter({ hasText: 'Linus' }).and(page.locator(':not(.unread)')).waitFor();

  await page.keyboard.press('n');
  await page.getByLabel('Note', { exact: true }).fill('Call back, @Ada');
  await page.keyboard.press('Enter');
  await page.locator('.said.of-team').getByText('Call back, @Ada').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByRole('button', { name: 'Ada (you)' }).click();
  await told('Assigned to Ada');
  await page.getByText('Ada assigned this to Ada').waitFor();

  await page.keyboard.press('s');
  await page.getByRole('dialog').getByRole('button', { name: 'Tomorrow morning' }).click();
  await until('that it is put aside', async () => (await names()).join() === 'Grace');
  // It comes back when its customer writes: the projection says so, and the list follows.
  await chat.pool.query(`UPDATE "Conversation" SET "snoozedUntil" = NULL WHERE id = $1`, [linus]);
  await chat.pool.query('SELECT pg_notify($1, $2)', [
    'crmflow',
    JSON.stringify({ kind: 'inbox', workspaceId: chat.workspaceId, conversationId: linus }),
  ]);
  await until('that it is back', async () => (await names()).join() === 'Linus,Grace');

  await page.keyboard.press('j');
  await page.getByRole('heading', { name: 'Grace' }).waitFor();
  await page.keyboard.press('e');
  await until('that it is closed', async () => (await names()).join() === 'Linus');
  await page.locator('.toaster').getByRole('button', { name: 'Undo' }).last().click();
  await page.getByText('Ada reopened this').waitFor();

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard' });
  await keys.getByText('Next conversation').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  expect(await page.getByRole('searchbox').evaluate((one) => one === document.activeElement)).toBe(
    true,
  );
});

it('canned replies are written once, by whoever answers', async () => {
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Canned replies' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('No canned replies yet').waitFor();
  await dialog.getByRole('button', { name: 'Add canned reply' }).click();
  await dialog.getByLabel('Shortcut').fill('two words');
  await dialog.getByLabel('Text').fill('We open at {{time}}.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.locator('.fault').waitFor();
  await dialog.getByLabel('Shortcut').fill('/hours');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('/hours').waitFor();
  await dialog.getByRole('button', { name: 'Delete /hours' }).click();
  await dialog.getByText('No canned replies yet').waitFor();
});

it('browser notifications come on every page, where they were turned on', async () => {
  const id = await talk('Linus', ['My tooth hurts'], { assigneeId: chat.workspaceId });
  await page.addInitScript(() => {
    const shown: string[] = [];
    class Recorded {
      static permission = 'granted';
      static requestPermission = () => Promise.resolve('granted');
      onclick?: () => void;
      constructor(title: string) {
        shown.push(title);
        setTimeout(() => this.onclick?.());
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, shown });
  });
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  const write = () =>
    chat.pool.query('SELECT pg_notify($1, $2)', [
      'crmflow',
      JSON.stringify({
        ...{ kind: 'conversation', workspaceId: chat.workspaceId, conversationId: id, seq: 1 },
        isFromVisitor: true,
      }),
    ]);
  await page.goto('/inbox');
  await page.getByRole('button', { name: 'Notifications' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Browser notifications' }).click();
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  // It listens once it has said so.
  await until('a notification', async () => {
    await write();
    return (await shown()).includes('Linus wrote');
  });
  // A click shows the conversation, where it is seen and so not told.
  await page.getByRole('heading', { name: 'Linus' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/inbox/${id}`);
});

it('one of two operators answers who asked for a person, and the flow goes on after that', async () => {
  const message = 'Somebody will be with you.';
  const flow = row([
    ...[ask('question'), node('help', 'integration', { kind: 'handoff', message, timeout: 'P1D' })],
    ...[ask('place'), say('bye', 'Thanks: {{ vars.place }}.')],
  ]);
  const replies: Reply[] = [
    { kind: 'error', status: 400 },
    { kind: 'answer', text: 'Is the tooth sensitive to cold?' },
  ];
  site.onPrompt('Draft the next message to the visitor.', () => replies.shift());
  const { id: flowId } = await post<{ id: string }>('/api/workflows', flow);
  await post(`/api/workflows/${flowId}/publish`);
  const { slug } = await post<{ slug: string }>(`/api/workflows/${flowId}/deployments`, {
    kind: 'chat',
  });
  const ben = await browser.openTab();
  const customer = await browser.openTab();
  try {
    const email = `${randomUUID()}@example.com`;
    await post('/api/auth/register', { email, password: testPassword, name: 'Ben' }, ben.page);
    const invitations = `/api/workspaces/${chat.workspaceId}/invitations`;
    const { token } = await post<{ token: string }>(invitations, { email, role: 'operator' });
    await post('/api/invitations/accept', { token }, ben.page);

    await customer.page.goto(`/c/${slug}`);
    await write(customer.page, 'My tooth hurts');
    await bubble(customer.page, message);
    await post('/api/canned-replies', { shortcut: 'hi', text: 'Hi, I am Ada. {{what}}?' });
    for (const one of [page, ben.page]) {
      await one.goto('/');
      await one.evaluate((chosen) => {
        localStorage.setItem('crmflow.kept.workspace', chosen);
        sessionStorage.setItem('crmflow.kept.workspace', chosen);
      }, chat.workspaceId);
      await one.goto('/inbox?view=waiting');
      await one.getByRole('link', { name: 'Waiting 1' }).waitFor();
      await one.keyboard.press('j');
      await one.locator('.said').getByText('My tooth hurts').waitFor();
      await one.getByRole('button', { name: 'Take over' }).waitFor();
    }
    await page.locator('.inbox-presence').getByText('Also here: Ben').waitFor();

    // Ben still sees that nobody has it when Ada takes it.
    await ben.page.route('**/api/conversations/**', (route) =>
      route.request().method() === 'GET' ? new Promise(() => undefined) : route.continue(),
    );
    await page.keyboard.press('t');
    await page.getByText('You are answering.').waitFor();
    await ben.page.getByRole('button', { name: 'Take over' }).click();
    await ben.page.unroute('**/api/conversations/**');
    await ben.page
      .locator('.toaster')
      .getByText(/Ada has this conversation/)
      .waitFor();

    const reply = page.locator('.inbox-compose textarea');
    const suggest = page.getByRole('button', { name: 'Suggest a reply' });
    await suggest.click();
    await page.locator('.suggestion-place .fault').waitFor();
    await suggest.click();
    const suggested = page.getByRole('region', { name: /^Suggested by the AI/ });
    await suggested.getByText('Is the tooth sensitive to cold?').waitFor();
    for (const [who, one] of Object.entries({ Ada: page, Ben: ben.page })) {
      expect(await violationsOf(one, `the inbox of ${who}`)).toEqual([]);
    }
    await suggested.getByRole('button', { name: 'Use' }).click();
    // It is only written, and so can be changed.
    expect(await reply.inputValue()).toBe('Is the tooth sensitive to cold?');
    await until('that it is no suggestion any more', async () => (await suggested.count()) === 0);
    await reply.fill('');
    await reply.pressSequentially('/hi');
    await page.getByRole('option', { name: /^\/hi/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Where does it hurt');
    await ben.page.locator('.inbox-presence').getByText('Ada: typing…').waitFor();
    await page.keyboard.press('Enter');
    await bubble(customer.page, 'Hi, I am Ada. Where does it hurt?');
    await customer.page.getByText('Ada').first().waitFor();
    await ben.page.reload();
    await ben.page.getByText('Ada is answering.').waitFor();

    await field(customer.page).pressSequentially('At the back');
    await page.locator('.inbox-presence').getByText('The customer is typing…').waitFor();
    await field(customer.page).press('Enter');
    await page.locator('.said.visitor').getByText('At the back').waitFor();
    // Ada has it open, so it is read; and no node has taken it as an answer.
    await rows().and(page.locator(':not(.unread)')).waitFor();

    await page.getByRole('button', { name: 'Hand back' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Note for the AI').fill('Comes on Monday');
    await dialog.getByRole('button', { name: 'Hand back' }).click();
    await bubble(customer.page, 'Thanks: At the back.');
    await page.getByText('The flow continues', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Take over' }).waitFor();
  } finally {
    await ben.close();
    await customer.close();
  }
});
