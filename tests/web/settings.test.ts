import type { Key, User } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { testPassword } from '../support/client.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { type Tab, useBrowser } from './browser.js';

const next = 'staple of the battery';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
let page: Page;
let email: string;

beforeEach(() => {
  ({ page } = browser.tab);
  ({ email } = browser);
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (name: string) => page.getByLabel(name, { exact: true });
const told = (words: string) => page.locator('.toaster').getByText(words).waitFor();
const open = async (section: string) => {
  await page.goto(`/settings/${section}`);
  await page.locator('.setting h1').waitFor();
};
const me = async () =>
  ((await (await page.request.get('/api/auth/me')).json()) as { user: User }).user;

/** Logs in by the form, in a browser of its own. */
async function logInElsewhere(secret: string): Promise<Tab> {
  const other = await browser.openTab();
  await other.page.goto('/');
  await other.page.getByLabel('Email address').fill(email);
  await other.page.getByLabel('Password', { exact: true }).fill(secret);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return other;
}

describe('the settings', () => {
  it('keep who one is and how the model speaks, and say what is wrong at its field', async () => {
    await open('profile');
    await field('Name').fill('Grace Hopper');
    await field('Language of your flows').fill('not a language');
    await press('Save');
    await page.locator('.field .fault').waitFor();
    expect((await me()).name).toBe('Ada');
    await field('Language of your flows').fill('pt-BR');
    await press('Save');
    await told('Saved');
    await page.getByRole('button', { name: 'Account: Grace Hopper' }).waitFor();
    await page.reload();
    await until('the name', async () => (await field('Name').inputValue()) === 'Grace Hopper');
    expect(await field('Language of your flows').inputValue()).toBe('pt-BR');

    await page.getByRole('link', { name: 'Tone of voice' }).click();
    await field('Tone of voice').fill('Dry, brief, and a little amused.');
    await page.getByText('32 of ').waitFor();
    await press('Save');
    await told('Saved');
    await page.reload();
    await field('Tone of voice').waitFor();
    expect(await field('Tone of voice').inputValue()).toBe('Dry, brief, and a little amused.');
    expect(await me()).toMatchObject({
      name: 'Grace Hopper',
      locale: 'pt-BR',
      personality: 'Dry, brief, and a little amused.',
    });
  });

  it('change the password, by the one of now only, which logs in and signs out all others', async () => {
    const other = await logInElsewhere(testPassword);
    try {
      await other.page.getByText('No flows yet').waitFor();
      await open('password');
      await field('Current password').fill('a wrong password');
      await field('New password').fill(next);
      await press('Change password');
      await page
        .getByText('The password is wrong. Enter the current password of your account.')
        .waitFor();
      await field('Current password').fill(testPassword);
      await press('Change password');
      await told('Password changed.');
      expect(await field('New password').inputValue()).toBe('');
      expect((await me()).email).toBe(email);
      await other.page.reload();
      await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    } finally {
      await other.close();
    }

    const stale = await logInElsewhere(testPassword);
    try {
      await stale.page.getByText('The email address or password is incorrect.').waitFor();
      await stale.page.getByLabel('Password', { exact: true }).fill(next);
      await stale.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await stale.page.getByText('No flows yet').waitFor();
    } finally {
      await stale.close();
    }
  });

  it('show where one is signed in, and end that elsewhere', async () => {
    const other = await logInElsewhere(testPassword);
    try {
      await other.page.getByText('No flows yet').waitFor();
      await open('sessions');
      const rows = page.locator('.setting-row');
      await until('both devices', async () => (await rows.count()) === 2);
      const here = rows.filter({ hasText: 'This device' });
      expect(await here.count()).toBe(1);
      expect(await here.getByRole('button').count()).toBe(0);
      await page.getByRole('button', { name: 'Sign out Chrome on Linux' }).click();
      await told('Signed out');
      await until('one device', async () => (await rows.count()) === 1);
      await other.page.reload();
      await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.reload();
      await here.waitFor();
    } finally {
      await other.close();
    }
  });

  it('take keys, replace and delete them, and never show more than their last four letters', async () => {
    const listed = async () =>
      ((await (await page.request.get('/api/keys')).json()) as { items: Key[] }).items;
    const row = () => page.locator('.setting-row').filter({ hasText: 'crm' });
    const chooses = async (command: string) => {
      await press('More actions for the crm key');
      await page.getByRole('menuitem', { name: command }).click();
    };
    await open('keys');
    await page.getByText('No keys yet').waitFor();
    await press('Add a key');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Service').fill('crm');
    await dialog.getByLabel('Key', { exact: true }).fill('first-secret-1234');
    await dialog.getByLabel('Allowed hosts').fill('api.example.com\ncrm.example.com');
    await press('Save key');
    await told('Saved the crm key');
    await row().getByText('••••1234').waitFor();
    await row().getByText('Allowed hosts: api.example.com, crm.example.com').waitFor();
    await row().getByText('Not used by any flow').waitFor();

    await chooses('Replace');
    await dialog.getByLabel('Key', { exact: true }).fill('second-secret-9876');
    expect(await dialog.getByLabel('Allowed hosts').inputValue()).toBe(
      'api.example.com\ncrm.example.com',
    );
    await press('Save key');
    await row().getByText('••••9876').waitFor();
    expect(await listed()).toMatchObject([{ service: 'crm', last4: '9876' }]);
    await page.reload();
    await row().getByText('••••9876').waitFor();
    expect(await page.content()).not.toMatch(/(?:first|second)-secret/);

    await chooses('Delete');
    await dialog.getByText('No flow uses it.').waitFor();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('No keys yet').waitFor();
    expect(await listed()).toEqual([]);
  });

  it('keep theme and language on the device, over a reload and on every page', async () => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    await open('appearance');
    const light = await background();
    await page.getByLabel('Dark', { exact: true }).check();
    await until('the dark theme', async () => (await background()) !== light);
    const dark = await background();
    await page.reload();
    await page.getByLabel('Dark', { exact: true }).waitFor();
    expect(await page.getByLabel('Dark', { exact: true }).isChecked()).toBe(true);
    expect([await theme(), await background()]).toEqual(['dark', dark]);

    await page.getByLabel('Deutsch').check();
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await page.reload();
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
    await page.goto('/templates');
    await page.getByRole('heading', { name: 'Vorlagen' }).first().waitFor();
    expect(await theme()).toBe('dark');
    await open('appearance');
    await page.getByLabel('Hell', { exact: true }).check();
    await until('the light theme', async () => (await background()) === light);
    await page.getByLabel('English').check();
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    expect(await theme()).toBe('light');
  });

  it('keep runs for a number of days, and ask before that deletes any', async () => {
    const kept = async () => {
      const { items } = (await (await page.request.get('/api/workspaces')).json()) as {
        items: { settings: { runDays: number | null; testRunDays: number | null } }[];
      };
      const { runDays, testRunDays } = items[0]!.settings;
      return { runDays, testRunDays };
    };
    const group = page.getByRole('group', { name: 'Runs of published versions' });
    const days = field('Days to keep runs of published versions');
    const dialog = page.getByRole('dialog');
    await open('workspace');
    expect(await group.getByLabel('Keep forever').isChecked()).toBe(true);
    await group.getByLabel('Delete after').check();
    await days.fill('3651');
    await press('Save retention');
    await page.locator('.field .fault').waitFor();
    await days.fill('30');
    await press('Save retention');
    await dialog.getByText('deleted 30 days after they end').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await kept()).toEqual({ runDays: null, testRunDays: null });
    await press('Save retention');
    await dialog.getByRole('button', { name: 'Delete older runs' }).click();
    await told('Saved');
    expect(await kept()).toEqual({ runDays: 30, testRunDays: null });

    await page.reload();
    await days.waitFor();
    expect(await days.inputValue()).toBe('30');
    await group.getByLabel('Keep forever').check();
    await press('Save retention');
    await until('runs to be kept', async () => (await kept()).runDays === null);
    expect(await dialog.count()).toBe(0);
  });

  it('say how much one uses, and warn of what is nearly used up', async () => {
    await page.route('**/api/usage*', (route) => {
      const logs = { budget: 'logs', unit: 'bytes', used: 8.5e9, limit: 1e10, warning: true };
      const flows = { budget: 'flows', unit: 'count', used: 12, limit: 1_000, warning: false };
      return route.fulfill({ json: { budgets: [flows, logs] } });
    });
    await open('usage');
    await page.getByText('close to a limit').waitFor();
    const row = page.getByRole('listitem').filter({ hasText: 'Nearly full' });
    expect(await row.innerText()).toContain('8,500 MB of 10,000 MB');
    await page.unroute('**/api/usage*');
    await page.reload();
    await page.getByText('0 of 1,000').first().waitFor();
    expect(await page.getByText('Nearly full').count()).toBe(0);
  });
});
