import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { ask, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let found: string[];

beforeEach(() => {
  ({ page } = browser.tab);
  found = [];
});

const look = async (where: string) => {
  found.push(...(await violationsOf(page, where)));
};
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
const card = (id: string) => page.locator(`[data-node="${id}"]`);
const step = (number: number) => page.getByLabel(`Text of step ${number}`, { exact: true });
const saved = () => page.locator('.test-bar').getByText('Saved', { exact: true }).waitFor();

/** A flow that asks for a name, and says goodbye where it should greet. */
async function openFlow(): Promise<void> {
  const { nodes, ...rest } = row([
    say('hello', 'What is your name?'),
    ask('name'),
    say('greet', 'Bye {{ vars.name }}!'),
  ]);
  const apart = nodes.map((node, at) => ({ ...node, position: { x: 0, y: at * 240 } }));
  const data = { ...rest, nodes: apart, name: 'Greeter' };
  const answer = await page.request.post('/api/workflows', { data });
  const { id } = (await answer.json()) as { id: string };
  await page.goto(`/flows/${id}`);
  await card('start').waitFor();
  await page.keyboard.press('Shift+1');
}

it('writes a test, sees it fail, goes to the node, mends it and publishes', async () => {
  await openFlow();
  await tab('Tests');
  await page.getByText('No tests yet').waitFor();
  await look('no tests');
  await press('New test');
  await page.getByLabel('Name', { exact: true }).fill('Greets by name');
  await page.getByLabel('Required to publish').check();
  await press('Customer');
  await page.getByText('Fill in the empty fields to save.').waitFor();
  await step(1).fill('Ada');
  await press('Expectation');
  await step(2).fill('Hello Ada');
  await saved();
  await press('Run');
  const failure = page.locator('.test-steps .failed');
  await failure.getByText('“Bye Ada!”').waitFor();
  await page.getByText('1 thing isn’t as expected').waitFor();
  await look('a test that fails');

  // The gate: without a reason there is no way past it.
  await press('Publish');
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  await dialog.getByText('1 of 1 required tests fail').waitFor();
  const anyway = dialog.getByRole('button', { name: 'Publish anyway' });
  expect(await anyway.isDisabled()).toBe(true);
  await dialog.getByLabel('Why publish although tests fail?').fill('No time');
  expect(await anyway.isEnabled()).toBe(true);
  await look('publishing with a test that fails');
  await dialog.getByRole('button', { name: 'Greets by name' }).click();
  await dialog.waitFor({ state: 'hidden' });

  await failure.getByRole('button', { name: 'Show “greet” on the canvas' }).click();
  await page.locator('[data-node=greet].selected.run-failed').waitFor();
  await tab('Properties');
  await page.getByLabel('Text', { exact: true }).fill('Hello {{ vars.name }}!');
  await tab('Tests');
  await press('Run');
  await page.getByText(/^Passed in/).waitFor();
  await press('All tests');
  await press('Run all');
  await page.getByText('1 of 1 test passed').waitFor();
  await page.getByText('100% of outputs covered').waitFor();
  await look('a test that passes');

  await press('Publish');
  await dialog.getByText('The 1 required test passes.').waitFor();
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByText('Version 1 is live. New runs use it.').waitFor();
  expect(found).toEqual([]);
});

it('makes a test of a run, looks for weak spots, and replays the run', async () => {
  await openFlow();
  await tab('Test run');
  await press('Start test');
  await page.getByRole('textbox', { name: 'Your message' }).fill('Ada');
  await page.keyboard.press('Enter');
  await page.getByText('Completed', { exact: true }).waitFor();
  await press('Make a test');
  await page.getByText(/^Passed in/).waitFor();
  expect(await step(1).count()).toBe(1);

  await press('All tests');
  await tab('Weak spots');
  await press('Find weak spots');
  await page.getByText(/situations tried$/).waitFor();
  await look('weak spots');
  await tab('Replay');
  await press('Replay');
  await page.getByText('1 the same, 0 another way, 0 not comparable').waitFor();
  await press('Compare');
  await page.getByRole('dialog').waitFor();
  await look('a conversation then and now');
  expect(found).toEqual([]);
});

it('says before publishing which runs could not move to the draft', async () => {
  await openFlow();
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const path = `/api/workflows/${id}`;
  const post = async (what: string) => {
    expect((await page.request.post(`${path}/${what}`, { data: {} })).status()).toBe(201);
  };
  await post('publish');
  await post('runs');
  await page.reload();
  await card('hello').waitFor();
  await press('Publish');
  const dialog = page.getByRole('dialog', { name: 'Publish' });
  const movable = 'The 1 active run stays on its version. It could move to the new one.';
  await dialog.getByText(movable).waitFor();
  await look('a run that could move');
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await card('hello').click();
  await page.keyboard.press('Delete');
  await card('hello').waitFor({ state: 'detached' });
  await press('Publish');
  await dialog.getByText('0 of 1 could move to the new one').waitFor();
  const why = '1 waits at “name”, which the draft doesn’t have';
  const run = dialog.getByRole('link', { name: why });
  expect(await run.getAttribute('href')).toMatch(/^\/runs\/.+/);
  await look('a run that stays');
  expect(found).toEqual([]);
});
