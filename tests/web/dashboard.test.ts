import { randomUUID } from 'node:crypto';
import type { FlowSummary } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { ask, node, row } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: { name: 'Ada' } });
let page: Page;

beforeEach(() => {
  ({ page } = browser.tab);
});

const names = () => page.locator('.flow-link').allInnerTexts();
const shows = (...expected: string[]) =>
  until(`the list ${expected.join(', ')}`, async () => {
    const shown = await names();
    return shown.join('\n') === expected.join('\n');
  });
const flow = (name: string) => page.locator('.flow').filter({ hasText: name });
const query = () => new URL(page.url()).search;

/** Makes a flow as the page's user. @returns its id */
async function create(name: string, more: object = {}): Promise<string> {
  const data = { ...row([ask('question')]), name, ...more };
  const answer = await page.request.post('/api/workflows', { data });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** The user's flows as the server has them. */
async function stored(): Promise<FlowSummary[]> {
  const answer = await page.request.get('/api/workflows');
  return ((await answer.json()) as { items: FlowSummary[] }).items;
}

const post = async (path: string, data: object = {}) => {
  const answer = await page.request.post(path, { data });
  expect(answer.status()).toBe(201);
};

async function choose(name: string, command: string) {
  await page.getByRole('button', { name: `More actions for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: command }).click();
}

describe('the dashboard', () => {
  it('finds, sifts and orders flows, each by an address', async () => {
    await create('Beta', { description: 'Asks about parcels' });
    const published = await create('alpha');
    await create('Gamma');
    await post(`/api/workflows/${published}/publish`);
    await post(`/api/workflows/${published}/runs`);
    await page.goto('/');
    await shows('Gamma', 'alpha', 'Beta');
    await flow('alpha').getByText('Version 1').waitFor();
    await flow('Beta').getByText('No runs yet').waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('PARCEL');
    await shows('Beta');
    expect(query()).toBe('?q=PARCEL');
    await page.getByLabel('Search flows').fill('');
    await shows('Gamma', 'alpha', 'Beta');

    await page.getByRole('link', { name: 'Published', exact: true }).click();
    await shows('alpha');
    await page.getByRole('link', { name: 'Drafts' }).click();
    await shows('Gamma', 'Beta');
    await page.getByLabel('Sort by').selectOption('Name');
    await shows('Beta', 'Gamma');
    expect(query()).toBe('?show=draft&sort=name');
    await page.reload();
    await shows('Beta', 'Gamma');
    await page.goBack();
    await shows('Gamma', 'Beta');
    await page.goBack();
    await shows('alpha');

    await page.goto('/?sort=lastRun&show=running');
    await shows('alpha');
    await page.goto('/?q=nothing-of-it');
    await page.getByText('No flows match').waitFor();
    await page.getByRole('link', { name: 'Show all flows' }).click();
    await shows('Gamma', 'alpha', 'Beta');
  });

  it('renames in place, by the menu and by keys, and takes back what cannot be', async () => {
    await create('Old name');
    await page.goto('/');
    await choose('Old name', 'Rename');
    await page.getByLabel('New name').fill('New name of it');
    await page.keyboard.press('Enter');
    await shows('New name of it');
    await until('it is stored', async () => (await stored())[0]?.name === 'New name of it');

    await page.getByRole('link', { name: 'New name of it' }).focus();
    await page.keyboard.press('F2');
    await page.keyboard.type('Never');
    await page.keyboard.press('Escape');
    await shows('New name of it');
    expect((await stored())[0]?.name).toBe('New name of it');

    await page.route('**/api/workflows/*', (route) => route.abort());
    await page.keyboard.press('F2');
    await page.keyboard.type('Lost');
    await page.keyboard.press('Enter');
    await page.getByText('That didn’t work.').waitFor();
    await shows('New name of it');
  });

  it('copies, marks and exports', async () => {
    await create('Original');
    await page.goto('/');
    await choose('Original', 'Duplicate');
    await shows('Copy of Original', 'Original');
    await page.getByRole('button', { name: 'More actions for Original', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Use as template' }).click();
    await until('it is stored', async () => (await stored()).some((one) => one.isTemplate));
    await page.getByRole('link', { name: 'Templates', exact: true }).last().click();
    await shows('Original');

    const file = page.waitForEvent('download');
    await choose('Original', 'Export as JSON');
    expect((await file).suggestedFilename()).toMatch(/\.json$/);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.waitForURL(/\/flows\//);
  });

  it('tries a flow, and shows its runs', async () => {
    await create('Talker');
    await page.goto('/');
    await page.getByRole('button', { name: 'Try Talker' }).click();
    await page.waitForURL(/\/runs\/run-/);
    await page.goBack();
    await flow('Talker')
      .getByRole('link', { name: /Waiting|Running/ })
      .waitFor();
  });

  it('deletes only what was not undone', async () => {
    const [gone, kept] = [await create('Gone'), await create('Kept')];
    await page.goto('/');
    await shows('Kept', 'Gone');
    await choose('Kept', 'Delete');
    await shows('Gone');
    await page.getByRole('button', { name: 'Undo' }).click();
    await shows('Kept', 'Gone');

    await page.getByRole('link', { name: 'Gone' }).focus();
    await page.keyboard.press('Delete');
    await shows('Kept');
    expect(await stored()).toHaveLength(2);
    await page.getByRole('link', { name: 'Templates', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Templates' }).waitFor();
    await page.getByText('Deleted “Gone”').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await until('it is deleted', async () => (await stored()).length === 1);
    expect((await stored())[0]?.id).toBe(kept);
    expect((await page.request.get(`/api/workflows/${gone}`)).status()).toBe(404);
  });

  it('deletes what is due when the tab is closed or somebody logs out', async () => {
    for (const name of ['One', 'Two', 'Three']) await create(name);
    await page.goto('/');
    await choose('One', 'Delete');
    await shows('Three', 'Two');
    const closing = page;
    page = await browser.tab.context.newPage();
    await closing.close({ runBeforeUnload: true });
    await until('One is deleted', async () => (await stored()).length === 2);

    await page.goto('/');
    await choose('Two', 'Delete');
    await shows('Three');
    await page.getByRole('button', { name: 'Account: Ada' }).click();
    const deleted = page.waitForResponse((one) => one.request().method() === 'DELETE');
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    expect((await deleted).status()).toBe(204);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('keeps a flow that somebody has opened meanwhile', async () => {
    await create('Wanted');
    await page.goto('/');
    await page.getByRole('link', { name: 'Wanted' }).click();
    await page.locator('.card-node').first().waitFor();
    await page.goBack();
    await choose('Wanted', 'Delete');
    await page.goForward();
    await page.locator('.card-node').first().waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('“Wanted” wasn’t deleted because it’s open').waitFor();
    expect(await stored()).toHaveLength(1);
  });

  it('says what failed, and tries again', async () => {
    await create('There');
    await page.route('**/api/workflows?*', (route) => route.abort());
    await page.goto('/');
    await page.getByText('Couldn’t load your flows').waitFor();
    await page.unroute('**/api/workflows?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows('There');
  });

  it('names the nodes and fields that keep a flow from running', async () => {
    const when = { kind: 'branch', cases: [{ handle: 'rich', when: 'vars.budget >' }] };
    await create('Unready', row([node('Decide', 'logic', when)], { name: 'Unready' }));
    await page.goto('/');
    await page.getByRole('button', { name: 'Try Unready' }).click();
    const notice = flow('Unready').getByRole('alert');
    await notice.getByText('Decide: Branches (first match wins) 1, Condition (CEL):').waitFor();
  });

  it('says in German what keeps a flow from being imported', async () => {
    await page.addInitScript(() => localStorage.setItem('crmflow.language', 'de'));
    await page.goto('/');
    await page.getByRole('button', { name: 'JSON importieren' }).click();
    const wrong = { schemaVersion: 1, name: '', nodes: [{ id: 'a', type: 'fax' }], edges: 1, x: 1 };
    await page.getByLabel('Flow als JSON').fill(JSON.stringify(wrong));
    await page.getByRole('button', { name: 'Importieren', exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('Hier eine Liste eingeben.').waitFor();
    const lines = (await alert.getByRole('listitem').allInnerTexts()).sort();
    expect(lines).toEqual([
      'edges Hier eine Liste eingeben.',
      'name Das darf nicht leer sein.',
      expect.stringMatching(/^nodes\[0\]\.type Einen dieser Werte verwenden: trigger, speak, /),
      'x Dieses Feld gibt es nicht. Es entfernen.',
    ]);
  });
});

describe('templates', () => {
  it('are found, looked at and made a flow of one’s own', async () => {
    await page.goto('/');
    await page.getByText('No flows yet').waitFor();
    await page.getByRole('link', { name: 'Start from a template' }).click();
    const found = page.locator('.template-link');
    await found.first().waitFor();
    await page.getByRole('link', { name: 'Support', exact: true }).click();
    await until('two of them', async () => (await found.count()) === 2);
    await page.getByLabel('Search templates').fill('triage');
    await until('one of them', async () => (await found.count()) === 1);
    expect(query()).toBe('?q=triage&category=support');

    await page.getByRole('link', { name: 'Support triage' }).click();
    await page.getByRole('heading', { name: 'Support triage' }).waitFor();
    await page.getByRole('img', { name: /^Diagram of Support triage, \d+ nodes$/ }).waitFor();
    await page.getByText('An API key for the AI model').waitFor();
    await page.getByRole('button', { name: 'Use template' }).click();
    await page.waitForURL(/\/flows\//);
    await page.locator('.card-node').first().waitFor();
    expect(await stored()).toMatchObject([{ name: 'Support triage', isTemplate: false }]);
  });

  it('of other users are listed, and a missing one shows that it does not exist', async () => {
    const name = `Shared ${randomUUID()}`;
    const id = await create(name, { isTemplate: true, isPublic: true });
    const other = await browser.openTab();
    try {
      const data = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
      await other.page.request.post('/api/auth/register', { data });
      await other.page.goto('/templates?category=community');
      await other.page.getByRole('link', { name }).click();
      await other.page.getByRole('button', { name: 'Use template' }).click();
      await other.page.waitForURL(/\/flows\//);
      expect(other.page.url()).not.toContain(id);
      await other.page.goto('/templates/template-none');
      await other.page.getByText('Page not found').waitFor();
    } finally {
      await other.close();
    }
  });
});
