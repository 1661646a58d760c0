import type { FlowResource } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Away, holdApiDown } from '../support/hold-down.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';
import { holdSaves } from './hold-saves.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let away: Away | undefined;
/** The questions of those who leave, as `beforeunload`. */
let asked: string[];
/** What is answered to them. */
let leaves: boolean;

beforeEach(async () => {
  asked = [];
  leaves = true;
  browser.tab.context.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (leaves ? dialog.accept() : dialog.dismiss());
  });
  ({ page } = browser.tab);
  await page.goto('/');
});

afterEach(async () => {
  await away?.back();
  away = undefined;
});

const press = (name: string, on = page) => on.getByRole('button', { name, exact: true }).click();
const card = (label: string, on = page) => on.locator('.card-node').filter({ hasText: label });
const saved = (on = page) => on.getByText('Saved', { exact: true }).waitFor();
const offline = () => page.getByText('Offline. Saved on this device').waitFor();
const field = (name: string, on = page) => on.getByLabel(name, { exact: true }).last();

async function openNewFlow(): Promise<string> {
  await press('New flow');
  await card('Chat opens').waitFor();
  await saved();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** A further tab of the same user. */
async function openBeside(id: string): Promise<Page> {
  const beside = await browser.tab.context.newPage();
  beside.on('pageerror', (error) => browser.tab.faults.push(error.message));
  await beside.goto(`/flows/${id}`);
  await beside.locator('.card-node').first().waitFor();
  return beside;
}

/** The flow as the server has it. */
async function stored(id: string): Promise<FlowResource> {
  return (await (await page.request.get(`/api/workflows/${id}`)).json()) as FlowResource;
}

/** The texts of the nodes that speak, as the server has them, by the nodes' names. */
async function texts(id: string): Promise<Record<string, unknown>> {
  const { nodes } = await stored(id);
  const speaking = nodes.filter(({ type }) => type === 'speak');
  return Object.fromEntries(
    speaking.map(({ label, data }) => [label, 'text' in data && data.text]),
  );
}

/** How many versions and runs of the flow there are. */
async function made(id: string): Promise<{ versions: number; runs: number }> {
  const count = async (path: string) => {
    const answer = await page.request.get(path);
    expect(answer.status()).toBe(200);
    return ((await answer.json()) as { items: unknown[] }).items.length;
  };
  return {
    versions: await count(`/api/workflows/${id}/versions`),
    runs: await count(`/api/runs?workflowId=${id}`),
  };
}

/** Publishes and starts a test: both must say `why` and do nothing. */
async function expectBlocked(id: string, why: string) {
  await press('Publish');
  await page.locator('.publish-answer').getByText(why).waitFor();
  await page.locator('.publish-answer').getByRole('button', { name: 'Close', exact: true }).click();
  // By keys: the question about a conflict lies over the panel.
  await page.getByRole('tab', { name: 'Test run' }).press('Enter');
  await page.getByRole('button', { name: 'Start test' }).press('Enter');
  await page.locator('.test-idle').getByText(why).waitFor();
  await page.getByRole('tab', { name: 'Properties' }).press('Enter');
  expect(await made(id)).toEqual({ versions: 0, runs: 0 });
}

describe('with the API killed while somebody edits', () => {
  it('says that it is not saved, keeps all of it over a closed tab, and saves it in the end', async () => {
    const id = await openNewFlow();
    await press('Speak');
    await field('Text').fill('Before');
    await until('the first text', async () => (await texts(id))['Speak'] === 'Before');
    await saved();
    await page.reload();
    await card('Speak').click();
    expect(asked).toEqual([]);

    away = await holdApiDown(site.system);
    await field('Text').fill('While it was away');
    await offline();
    expect(await page.getByText('Saved', { exact: true }).count()).toBe(0);
    await field('Name').fill('Typed last');
    leaves = false;
    await page.close({ runBeforeUnload: true });
    await until('the question', () => asked.length === 1);
    expect(asked).toEqual(['beforeunload']);
    await offline();
    await field('Text').fill('Typed after staying');
    leaves = true;
    const gone = page.waitForEvent('close');
    await page.close({ runBeforeUnload: true });
    await gone;

    page = await browser.tab.context.newPage();
    await expect(page.goto(`/flows/${id}`)).rejects.toThrow('ERR_CONNECTION_REFUSED');
    await away.back();
    await page.goto(`/flows/${id}`);
    await card('Typed last').click();
    expect(await field('Text').inputValue()).toBe('Typed after staying');
    await saved();
    expect(await texts(id)).toEqual({ 'Typed last': 'Typed after staying' });
    asked = [];
    await page.reload();
    await card('Typed last').waitFor();
    expect(asked).toEqual([]);
  });

  it('is read while the tab is closed, and a page that failed can be retried', async () => {
    const id = await openNewFlow();
    const path = `/flows/${id}`;
    await page.reload();
    await card('Chat opens').waitFor();
    away = await holdApiDown(site.system);
    await press('Speak');
    await field('Text').fill('Nobody reloads');
    await offline();
    const templates = page.getByRole('link', { name: 'Templates', exact: true });
    await templates.click();
    await page.getByText('This page didn’t load').waitFor();
    await press('Try again');
    await page.getByText('This page didn’t load').waitFor();
    await page.goBack();
    await page.getByText('Couldn’t open the flow').waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
    await press('Try again');
    await page.getByText('Can’t reach the server').waitFor();
    await away.back();
    await press('Try again');
    await card('Speak').click();
    expect(await field('Text').inputValue()).toBe('Nobody reloads');
    await saved();
    expect(await texts(id)).toEqual({ Speak: 'Nobody reloads' });
    await templates.click();
    await page.locator('.template-link').first().waitFor();
    await page.goBack();
    await card('Speak').click();

    away = await holdApiDown(site.system);
    await field('Text').fill('Twice');
    await offline();
    await away.back();
    await saved();
    expect(await texts(id)).toEqual({ Speak: 'Twice' });
  });

  it('asks nothing where the server had taken it but could not say so any more', async () => {
    const id = await openNewFlow();
    let isCut = true;
    await page.route(`**/api/workflows/${id}`, async (route) => {
      if (route.request().method() !== 'PUT' || !isCut) return route.continue();
      isCut = false;
      await route.fetch();
      return route.abort();
    });
    await press('Speak');
    await field('Text').fill('Taken unheard');
    await offline();
    await saved();
    expect(await page.getByRole('alertdialog').count()).toBe(0);
    expect(await texts(id)).toEqual({ Speak: 'Taken unheard' });
  });
});

describe('what is not saved', () => {
  it('is neither published nor tested while no save arrives, and both go on once it does', async () => {
    const id = await openNewFlow();
    await press('Speak');
    await field('Text').fill('Stored');
    await until('the first text', async () => (await texts(id))['Speak'] === 'Stored');
    await saved();
    let isAway = true;
    await page.route(`**/api/workflows/${id}`, (route) =>
      isAway && route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await field('Text').fill('Not stored');
    await expectBlocked(id, 'Your changes aren’t saved yet.');
    expect(await texts(id)).toEqual({ Speak: 'Stored' });
    isAway = false;
    await press('Publish');
    await page.getByText('Version 1 is live. New runs use it.').waitFor();
    expect(await texts(id)).toEqual({ Speak: 'Not stored' });
    expect(await made(id)).toEqual({ versions: 1, runs: 0 });
  });
});

describe('two tabs that edit', () => {
  /** Both tabs have the flow open; the other one has saved a text and a further node. */
  async function bothChanged() {
    await openNewFlow().then(async (id) => {
      await press('Speak');
      await field('Text').fill('As it was');
      await until('it is stored', async () => (await texts(id))['Speak'] === 'As it was');
      await saved();
    });
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const beside = await openBeside(id);
    const release = await holdSaves(page, id);
    await card('Speak').click();
    await field('Text').fill('Mine');
    await card('Speak', beside).click();
    await field('Text', beside).fill('Theirs');
    await press('Wait', beside);
    await until('theirs is stored', async () => (await stored(id)).nodes.length === 3);
    await saved(beside);
    release();
    const question = page.getByRole('alertdialog', { name: 'This flow was changed elsewhere' });
    await question.getByText('Added in the other copy: Wait').waitFor();
    await question.getByText('Changed: Speak').waitFor();
    return { id, beside, question };
  }

  it('see what differs; mine is kept, over what the other saved, also what was typed meanwhile', async () => {
    const { id, beside, question } = await bothChanged();
    await field('Text').fill('Mine, while asked');
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await card('Speak').click();
    expect(await field('Text').inputValue()).toBe('Mine, while asked');
    await question.waitFor();
    expect(await texts(id)).toEqual({ Speak: 'Theirs' });
    await expectBlocked(id, 'Someone else changed this flow.');
    await press('Keep mine');
    await saved();
    expect(await texts(id)).toEqual({ Speak: 'Mine, while asked' });
    expect((await stored(id)).nodes).toHaveLength(2);
    await press('Publish');
    await page.getByText('Version 1 is live. New runs use it.').waitFor();

    // The other tab, which has nothing to save, goes on from there.
    await card('Wait', beside).waitFor({ state: 'detached' });
    await card('Speak', beside).click();
    await field('Text', beside).fill('Theirs again');
    await until('it is stored', async () => (await texts(id))['Speak'] === 'Theirs again');
  });

  it('follow each other while they have nothing to save, and see who is there', async () => {
    const id = await openNewFlow();
    const beside = await openBeside(id);
    await page.getByRole('list', { name: 'Also here' }).getByText('You, in another tab').waitFor();
    await field('Flow name', beside).fill('Renamed by the other');
    await field('Flow name', beside).blur();
    await until('it is stored', async () => (await stored(id)).name === 'Renamed by the other');
    await page.getByText('Editing now: You, in another tab.').waitFor();
    await until(
      'the name to arrive',
      async () => (await field('Flow name').inputValue()) === 'Renamed by the other',
    );
    await beside.close();
    await page.getByRole('list', { name: 'Also here' }).waitFor({ state: 'detached' });
  });

  it('publish nothing that another tab has saved: it is shown first, also where nothing was edited', async () => {
    const id = await openNewFlow();
    const beside = await openBeside(id);
    // A tab that could not follow finds out when it publishes.
    let missed = () => {};
    const hasMissed = new Promise<void>((resolve) => (missed = resolve));
    await page.route(
      `**/api/workflows/${id}`,
      async (route) => {
        await route.abort();
        missed();
      },
      { times: 1 },
    );
    await field('Flow name', beside).fill('Renamed by the other');
    await field('Flow name', beside).blur();
    await until('it is stored', async () => (await stored(id)).name === 'Renamed by the other');
    await hasMissed;
    await expectBlocked(id, 'Someone else changed this flow.');
    await press('Use theirs');
    await saved();
    await press('Publish');
    await page.getByText('Version 1 is live. New runs use it.').waitFor();
    expect((await stored(id)).name).toBe('Renamed by the other');
  });

  it('or theirs is taken, after which both go on, and nothing asks to be saved', async () => {
    const { id, question } = await bothChanged();
    await press('Use theirs');
    await question.waitFor({ state: 'detached' });
    await saved();
    await card('Wait').waitFor();
    expect(await field('Text').inputValue()).toBe('Theirs');
    await field('Text').fill('Both');
    await until('it is stored', async () => (await texts(id))['Speak'] === 'Both');
    await saved();
    await page.reload();
    expect(asked).toEqual([]);
    await card('Speak').click();
    expect(await field('Text').inputValue()).toBe('Both');
  });
});
