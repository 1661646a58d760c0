import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { ask, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);

let page: Page;
beforeEach(() => {
  ({ page } = browser.tab);
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const card = (id: string) => page.locator(`[data-node="${id}"]`);
const bubble = (words: string) => page.locator('.message').filter({ hasText: words });
const reply = async (words: string) => {
  await page.getByRole('textbox', { name: 'Your message' }).fill(words);
  await page.keyboard.press('Enter');
};

/** A long flow: each node stands a screen below the one before. */
async function openFlow() {
  const { nodes, edges } = row([
    say('hello', 'What is your name?'),
    ask('name'),
    node('sleep', 'logic', { kind: 'wait', duration: 'P3D' }),
    say('bye', 'Bye {{ vars.name }}!'),
  ]);
  const placed = nodes.map((one, at) => ({ ...one, position: { x: 0, y: at * 900 } }));
  const data = { name: 'Long', nodes: placed, edges };
  const created = await page.request.post('/api/workflows', { data });
  expect(created.status()).toBe(201);
  await page.goto(`/flows/${((await created.json()) as { id: string }).id}`);
  await card('start').waitFor();
}

const isInSight = async (id: string) => {
  const [frame, box] = await Promise.all([
    page.locator('.studio-canvas').boundingBox(),
    card(id).boundingBox(),
  ]);
  if (!frame || !box) return false;
  return box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
};

it('follows a test, skips a wait, goes from message to node and back, and answers otherwise', async () => {
  await openFlow();
  await page.getByRole('tab', { name: 'Test run' }).click();
  await press('Start test');
  await bubble('What is your name?').waitFor();
  await until('the question in sight', () => isInSight('hello'));
  await reply('Ada');
  await until('the wait in sight', () => isInSight('sleep'));
  await press('Skip the wait');
  await bubble('Bye Ada!').waitFor();
  await page.getByText('Completed').first().waitFor();

  await bubble('Bye Ada!').hover();
  await bubble('Bye Ada!').getByRole('button', { name: 'Show the node' }).click();
  await card('bye').and(page.locator('.selected')).waitFor();
  await until('it is in sight', () => isInSight('bye'));
  await page.locator('.message.marked').filter({ hasText: 'Bye Ada!' }).waitFor();
  await bubble('What is your name?').hover();
  await bubble('What is your name?').getByRole('button', { name: 'Show the node' }).click();
  await until('both messages of the question to be marked', async () => {
    const marked = await page.locator('.message.marked .bubble').allInnerTexts();
    return marked.join() === 'What is your name?,Ada';
  });

  await page.locator('.message.user').hover();
  await press('Go back and answer differently');
  await until(
    'the answer to be gone',
    async () => (await page.locator('.message.user').count()) === 0,
  );
  await reply('Bob');
  await press('Skip the wait');
  await bubble('Bye Bob!').waitFor();
});

it('leads back to the flow once none of it is in sight', async () => {
  await openFlow();
  const frame = await page.locator('.studio-canvas').boundingBox();
  if (!frame) throw new Error('no canvas');
  await page.mouse.move(frame.x + 200, frame.y + 400);
  await page.mouse.wheel(8_000, 0);
  await press('Back to the flow');
  await until('the trigger in sight', () => isInSight('start'));
  await page.getByRole('button', { name: 'Back to the flow' }).waitFor({ state: 'detached' });
});
