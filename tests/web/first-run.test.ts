import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });

/** The model's second piece waits until the first was seen. */
let release: () => void = () => undefined;

beforeAll(() => {
  const released = new Promise<void>((resolve) => (release = resolve));
  site.gemini.behave({
    handle: ({ prompt }) =>
      prompt.startsWith('Praise')
        ? {
            ...{ kind: 'answer', text: '', chunks: ['Twelve is ', 'a fine ', 'number.'] },
            gap: (chunk) => (chunk === 0 ? undefined : released),
          }
        : undefined,
  });
});

/** What the page shows of a run: what was said, which cards are done, how many wires were taken. */
async function shownOn(page: Page) {
  return {
    said: await page.locator('.messages .bubble').allInnerTexts(),
    done: await page
      .locator('.card-node.run-done')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label') ?? '').sort()),
    taken: await page.locator('.wire.taken').count(),
  };
}

it('from registering to a finished test run, which is there as it was in a new tab', async () => {
  let { page } = browser.tab;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const cards = () => page.locator('.card-node');
  const card = (label: string) => cards().filter({ hasText: label });
  const field = (name: string) =>
    page.getByRole('complementary', { name: 'Properties' }).getByLabel(name, { exact: true });

  /** Draws a wire into nothing, chooses what comes next, and names it. */
  async function addAfter(label: string, handle: string, kind: string, name: string) {
    await press('Zoom to fit');
    const from = await card(label).locator(`.is-out[data-handle="${handle}"]`).boundingBox();
    if (!from) throw new Error(`${label} has no ${handle}`);
    const count = await cards().count();
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + 70, from.y + 10, { steps: 6 });
    await page.mouse.up();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
    await until('the card', async () => (await cards().count()) === count + 1);
    await field('Name').fill(name);
  }

  await page.goto('/');
  await press('Create an account');
  await page.getByLabel('Email address').fill(`${randomUUID()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await press('Create an account');
  await page.getByText('No flows yet').waitFor();
  await press('New flow');
  await card('Chat opens').waitFor();

  await addAfter('Chat opens', 'out', 'Ask a question', 'Number');
  await field('What to ask').fill('How many?');
  await field('Expected reply').selectOption('number');
  await field('Save as').fill('count');
  await addAfter('Number', 'out', 'Branch', 'Enough');
  await field('Condition (CEL)').fill('vars.count > 10.0');
  await addAfter('Enough', 'case-1', 'AI', 'Praise');
  await field('Prompt').fill('Praise {{ vars.count }}');
  await addAfter('Praise', 'out', 'HTTP request', 'Order');
  await field('URL').fill(`${site.echo.url}/orders/{{ vars.count }}`);
  await page.getByText('Saved', { exact: true }).waitFor();

  await page.getByRole('tab', { name: 'Test run' }).click();
  await press('Start test');
  await page.locator('.messages .bubble', { hasText: 'How many?' }).waitFor();
  await card('Number').and(page.locator('.run-waiting')).waitFor();
  await page.getByRole('textbox', { name: 'Enter a number' }).fill('12');
  await page.keyboard.press('Enter');
  await page.locator('.bubble', { hasText: 'Twelve is' }).waitFor();
  await card('Praise').and(page.locator('.run-active')).waitFor();
  release();
  await page.locator('.messages .bubble', { hasText: 'Twelve is a fine number.' }).waitFor();
  await page.getByText('Completed', { exact: true }).first().waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  const whole = {
    said: ['How many?', '12', 'Twelve is a fine number.'],
    done: [
      'AI: Praise',
      'Branch: Enough',
      'HTTP request: Order',
      'Question: Number',
      'Trigger: Chat opens',
    ],
    taken: 5,
  };
  const showsIt = () =>
    until('the whole run to be shown', async () => {
      const shown = await shownOn(page);
      return JSON.stringify(shown) === JSON.stringify(whole);
    });
  await showsIt();
  expect(site.echo.requests.map(({ path }) => path)).toEqual(['/orders/12']);

  const address = page.url();
  await page.close();
  page = await browser.tab.context.newPage();
  await page.goto(address);
  await card('Order').waitFor();
  await page.getByRole('tab', { name: 'Test run' }).click();
  await page.getByText('Completed', { exact: true }).first().waitFor();
  await showsIt();
});
