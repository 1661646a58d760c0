import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testPassword } from '../support/client.js';
import { ask, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { type Tab, useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
let page: Page;
beforeEach(() => {
  ({ page } = browser.tab);
});

const button = (of: Page, name: string | RegExp) => of.getByRole('button', { name });
const choose = async (of: Page, command: string) => {
  await button(of, /^Workspace: /).click();
  await of.getByRole('menuitemcheckbox', { name: command }).click();
};

/** Makes a workspace by the switcher. @returns its id */
async function createWorkspace(name: string): Promise<string> {
  await page.goto('/');
  await button(page, /^Workspace: /).click();
  await page.getByRole('menuitem', { name: 'New workspace' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await button(page, 'Create workspace').click();
  await button(page, `Workspace: ${name}`).waitFor();
  const { items } = (await (await page.request.get('/api/workspaces')).json()) as {
    items: { id: string; name: string }[];
  };
  return items.find((one) => one.name === name)!.id;
}

async function createFlow(workspaceId: string, name: string): Promise<string> {
  const data = row([ask('question')], { name });
  const answer = await page.request.post(`/api/workflows?workspaceId=${workspaceId}`, { data });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** Invites an address. @returns the link */
async function invite(email: string, role: string): Promise<string> {
  await page.goto('/settings/members');
  await button(page, 'Invite someone').click();
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('radio', { name: new RegExp(`^${role}`) }).check();
  await button(page, 'Create invitation').click();
  const link = await page.getByLabel('Invitation link').inputValue();
  await button(page, 'Done').click();
  await page.locator('.setting-row').filter({ hasText: email }).waitFor();
  return link;
}

/** Opens an account by an invitation, and accepts it. */
async function join({ page: guest }: Tab, link: string, name: string): Promise<void> {
  await guest.goto(link);
  await guest.getByText('You’re invited to').waitFor();
  await button(guest, 'Create an account').click();
  await guest.getByLabel('Name').fill(name);
  await guest.getByLabel('Password', { exact: true }).fill(testPassword);
  await button(guest, 'Create an account').click();
  await button(guest, 'Join workspace').click();
}

const address = () => `${randomUUID()}@example.com`;
const member = (email: string) => page.locator('.setting-row').filter({ hasText: email });

describe('a workspace', () => {
  it('gives its members what their role may, from the moment that it changes', async () => {
    const workspaceId = await createWorkspace('Harbour');
    const id = await createFlow(workspaceId, 'Reception');
    const email = address();
    const link = await invite(email, 'Viewer');
    const tab = await browser.openTab();
    const ben = tab.page;
    try {
      await join(tab, link, 'Ben');
      await button(ben, 'Workspace: Harbour').waitFor();
      await ben.getByRole('link', { name: 'Reception' }).waitFor();
      expect(await button(ben, 'New flow').count()).toBe(0);
      expect(await ben.getByRole('link', { name: 'Knowledge' }).count()).toBe(0);
      await button(ben, 'More actions for Reception').click();
      expect(await ben.getByRole('menuitem').allInnerTexts()).not.toContain('Delete');
      await ben.keyboard.press('Escape');
      await ben.getByRole('link', { name: 'Reception' }).click();
      await ben.getByText('View only. In this workspace, only owners and editors can').waitFor();
      await ben.goto('/settings/audit');
      await ben.getByText('Only owners of this workspace can see this.').waitFor();
      // Another workspace of the same person has nothing of it.
      await choose(ben, 'Ben');
      await ben.goto('/');
      await ben.getByText('No flows yet').waitFor();
      // A link to a page of a flow shows the workspace of the flow.
      await ben.goto(`/flows/${id}/versions`);
      await button(ben, 'Workspace: Harbour').waitFor();
      await choose(ben, 'Ben');
      await ben.goto(`/flows/${id}/analytics`);
      await button(ben, 'Workspace: Harbour').waitFor();

      await page.getByLabel('Role of Ben').waitFor({ state: 'hidden' });
      await page.reload();
      await page.getByLabel('Role of Ben').selectOption('editor');
      await page.getByText('Changed Ben’s role to Editor').waitFor();
      await ben.goto('/');
      await button(ben, 'New flow').waitFor();

      await button(page, 'Remove Ben').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await until('the row is gone', async () => (await member(email).count()) === 0);
      await ben.reload();
      await button(ben, 'Workspace: Ben').waitFor();
      expect(await ben.getByText('Reception').count()).toBe(0);
    } finally {
      await tab.close();
    }
  });

  it('keeps its last owner, and is left and deleted by its name only', async () => {
    await createWorkspace('Pier');
    await page.goto('/settings/members');
    await page.getByText('A workspace needs an owner.').waitFor();
    expect(await page.getByLabel('Role of Ada').isDisabled()).toBe(true);
    await page.goto('/settings/workspace');
    await button(page, 'Leave…').click();
    await button(page, 'Leave workspace').click();
    await page.getByRole('dialog').getByRole('alert').getByText('owner').waitFor();
    await page.keyboard.press('Escape');

    await page.getByLabel('Name').fill('Pier 9');
    await page.getByLabel('Let viewers read transcripts').check();
    await page.getByLabel('Keep the audit log for (days)').fill('3');
    await button(page, /^Save$/).click();
    await page.locator('.fault').getByText('From 30 to 3,650 days').waitFor();
    await page.getByLabel('Keep the audit log for (days)').fill('30');
    await button(page, /^Save$/).click();
    await button(page, 'Workspace: Pier 9').waitFor();
    await page.reload();
    expect(await page.getByLabel('Let viewers read transcripts').isChecked()).toBe(true);

    await button(page, 'Delete workspace…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Pier');
    await button(page, 'Delete everything').click();
    await dialog.getByText('That isn’t the name of the workspace').waitFor();
    await dialog.getByRole('textbox').fill('Pier 9');
    await button(page, 'Delete everything').click();
    await button(page, 'Workspace: Ada').waitFor();
  });

  it('lets scripts in by a token that is shown once, and tells who did what', async () => {
    const workspaceId = await createWorkspace('Quay');
    await page.goto('/settings/tokens');
    await button(page, 'Create a token').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nightly');
    await page.getByRole('radio', { name: /^Viewer/ }).check();
    await button(page, 'Create token').click();
    const token = await page.getByLabel('API token').inputValue();
    expect(token).toMatch(/^crm_/);
    await button(page, 'Done').click();
    const line = page.locator('.setting-row').filter({ hasText: 'Nightly' });
    await line.getByText(`••••${token.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(token);

    const asScript = (path: string, init: RequestInit = {}) =>
      fetch(site.system.url + path, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      });
    expect((await asScript('/api/workflows')).status).toBe(200);
    const body = JSON.stringify(row([ask('q')]));
    expect((await asScript('/api/workflows', { method: 'POST', body })).status).toBe(403);
    await button(page, 'Revoke Nightly').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No API tokens yet').waitFor();
    expect((await asScript('/api/workflows')).status).toBe(401);

    await createFlow(workspaceId, 'Ferry');
    await page.goto('/settings/audit');
    await page.getByText('Ada created the flow Ferry').waitFor();
    await page.getByText('Ada revoked the API token Nightly').waitFor();
    await page.getByLabel('What').selectOption({ label: 'Flows' });
    await page.waitForURL(/action=flow\./);
    await until('flows only', async () => (await page.locator('.audit-entry').count()) === 1);
    const href = await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href');
    const csv = await page.request.get(href!);
    expect(csv.headers()['content-type']).toMatch(/^text\/csv/);
    expect(await csv.text()).toContain('Ferry');
  });
});
