import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { clipboard: true });
let page: Page;

beforeEach(() => {
  ({ page } = browser.tab);
});

const speak = (id: string, x: number, y: number) => ({
  id,
  type: 'speak',
  label: id,
  position: { x, y },
  data: { mode: 'text', text: id },
});
const card = (label: string) => page.locator('.card-node').filter({ hasText: label });
const said = (words: string) =>
  page.getByRole('status').getByText(words, { exact: true }).waitFor();

/** Opens a flow of cards that were not added in the order of their places, and of a note. */
async function openFlow(): Promise<void> {
  const data = {
    name: 'Order',
    nodes: [
      speak('fourth', 300, 240),
      speak('second', 300, 8),
      speak('third', 0, 240),
      { ...speak('first', 0, 0), type: 'trigger', data: { kind: 'chat' } },
    ],
    edges: [],
    notes: [{ id: 'note', text: 'A note', position: { x: 16, y: 101 } }],
  };
  const created = await page.request.post('/api/workflows', { data });
  expect(created.status()).toBe(201);
  await page.goto(`/flows/${((await created.json()) as { id: string }).id}`);
  await card('fourth').waitFor();
}

/** The cards in the order in which Tab goes through them. */
const inOrder = (...labels: string[]) =>
  until(`the order ${labels.join(', ')}`, async () => {
    const shown = await page
      .locator('[data-node]')
      .evaluateAll((cards) => cards.map((one) => one.getAttribute('data-node')));
    return shown.join() === labels.join();
  });
const focused = () =>
  page.evaluate(() => document.activeElement?.closest('[data-node]')?.getAttribute('data-node'));

it('Tab goes through the cards as one reads them, wherever they are put', async () => {
  await openFlow();
  await inOrder('first', 'second', 'third', 'fourth');
  await card('first').focus();
  const passed: (string | null | undefined)[] = [];
  await until('the last card', async () => {
    const id = await focused();
    if (id !== passed.at(-1)) passed.push(id);
    if (id === 'fourth') return true;
    await page.keyboard.press('Tab');
    return false;
  });
  expect(passed).toEqual(['first', 'second', 'third', 'fourth']);

  await card('third').focus();
  for (let times = 0; times < 5; times += 1) await page.keyboard.press('Shift+ArrowUp');
  await inOrder('third', 'first', 'second', 'fourth');
  expect(await focused()).toBe('third');
  for (let times = 0; times < 7; times += 1) await page.keyboard.press('Shift+ArrowDown');
  await inOrder('first', 'second', 'fourth', 'third');
  expect(await focused()).toBe('third');
});

it('what was moved, copied and deleted is said', async () => {
  await openFlow();
  await card('second').focus();
  await page.keyboard.press('ArrowRight');
  await said('Moved to 308, 8');
  await page.keyboard.press('Control+d');
  await said('1 item duplicated');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await said('6 items pasted');
  await page.keyboard.press('ArrowDown');
  await said('6 items moved');
  await page.keyboard.press('Control+x');
  await said('6 items cut');
  await card('third').click();
  await page.keyboard.press('Delete');
  await said('1 node deleted');
});

it('a card is held at a note, and a note at a card, with a line that says so', async () => {
  await openFlow();
  const note = page.locator('[data-note]');
  /** Across the canvas: up and down the cards are in line with each other anyway. */
  const guide = page.locator('.guide[d*=H]').first();
  const top = async (one: typeof note) => Math.round((await one.boundingBox())?.y ?? NaN);
  const dragTo = async (one: typeof note, y: number) => {
    const box = await one.boundingBox();
    if (!box) throw new Error('not on the page');
    const from = { x: box.x + box.width / 2, y: box.y + 20 };
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x, from.y + y - box.y, { steps: 8 });
    await guide.waitFor({ state: 'attached' });
    await page.mouse.up();
    await guide.waitFor({ state: 'detached' });
  };
  await dragTo(card('second'), (await top(note)) - 4);
  expect(await top(card('second'))).toBe(await top(note));
  await dragTo(note, (await top(card('fourth'))) + 4);
  expect(await top(note)).toBe(await top(card('fourth')));
});
