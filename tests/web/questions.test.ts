import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);

let page: Page;
beforeEach(() => {
  ({ page } = browser.tab);
});

type Stored = {
  nodes: { id: string; type: string; label: string; position: { x: number; y: number } }[];
  edges: { source: string; target: string; sourceHandle: string }[];
};

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const cards = () => page.locator('.card-node');
const card = (label: string) => cards().filter({ has: page.getByText(label, { exact: true }) });
const thereAre = (count: number) =>
  until(`${count} cards`, async () => (await cards().count()) === count);
const field = (name: string) =>
  page.getByRole('complementary', { name: 'Properties' }).getByLabel(name, { exact: true });
const flowId = () => new URL(page.url()).pathname.split('/').at(-1) ?? '';
const stored = async (): Promise<Stored> =>
  (await page.request.get(`/api/workflows/${flowId()}`)).json() as Promise<Stored>;
const isStored = (what: string, holds: (flow: Stored) => boolean) =>
  until(what, async () => holds(await stored()));

/** A new flow with a question after its trigger. */
async function askQuestion() {
  await page.goto('/');
  await press('New flow');
  await card('Chat opens').click();
  await press('Ask a question');
  await thereAre(2);
  await field('Name').fill('Budget');
  await field('What to ask').fill('What is your budget?');
  await field('Expected reply').selectOption('number');
  await field('Save as').fill('budget');
}

it('asks with one card that is two nodes: written, moved, copied, deleted and undone as one', async () => {
  await askQuestion();
  await card('Budget').getByText('A number → budget').waitFor();
  await isStored('both nodes', ({ nodes }) => {
    const [, ask, reply] = nodes;
    return ask?.type === 'speak' && reply?.type === 'listen' && reply.label === 'Budget';
  });
  const before = await stored();
  const [start, ask] = before.nodes;
  expect(before.edges.map(({ source }) => source)).toEqual(
    expect.arrayContaining([start?.id, ask?.id]),
  );
  const isMoved = (by: number) => (flow: Stored) =>
    [1, 2].every((at) => flow.nodes[at]?.position.x === (before.nodes[at]?.position.x ?? 0) + by);

  await card('Budget').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await isStored('both to be moved', isMoved(80));
  await page.keyboard.press('Control+z');
  await isStored('both to be back', isMoved(0));

  await page.keyboard.press('Control+d');
  await thereAre(3);
  await isStored('a copy of both', ({ nodes }) => nodes.length === 5);
  await page.keyboard.press('Delete');
  await thereAre(2);
  await isStored('both to be gone', ({ nodes }) => nodes.length === 3);
  await page.keyboard.press('Control+z');
  await thereAre(3);
  await page.keyboard.press('Control+z');
  await thereAre(2);
});

it('leads on from the reply, is lit while it waits, and shows what is wrong with either', async () => {
  await askQuestion();
  await press('Speak');
  await thereAre(3);
  await field('Text').fill('{{ vars.budget }} it is.');
  await isStored('the way on', ({ nodes, edges }) =>
    edges.some(({ source, target }) => source === nodes[2]?.id && target === nodes.at(-1)?.id),
  );
  await page.getByRole('tab', { name: 'Test run' }).click();
  await press('Start test');
  await card('Budget').and(page.locator('.run-waiting')).waitFor();
  await page.getByRole('textbox', { name: 'Enter a number' }).fill('1000');
  await page.keyboard.press('Enter');
  await page.locator('.messages .bubble', { hasText: '1000 it is.' }).waitFor();
  await card('Budget').and(page.locator('.run-done')).waitFor();

  await page.getByRole('tab', { name: 'Properties' }).click();
  await card('Budget').click();
  await field('Expected reply').selectOption('pattern');
  await card('Budget').locator('.card-fault').waitFor();
  await page.getByRole('button', { name: /error/ }).click();
  await page.locator('.issue-list button').first().click();
  await card('Budget').and(page.locator('.selected')).waitFor();
});

it('scolds nobody for a new card before a field was left, and lets one write at once', async () => {
  await page.goto('/');
  await press('New flow');
  await card('Chat opens').click();
  await press('Speak');
  const text = field('Text');
  await until('focus in the text', () => text.evaluate((one) => one === document.activeElement));
  await page.getByRole('button', { name: /issue|warning|error/ }).waitFor();
  expect(await card('Speak').locator('.card-fault').count()).toBe(0);
  expect(await page.locator('.field-issues').count()).toBe(0);

  await page.keyboard.press('Escape');
  await until('focus on the card', () =>
    page.evaluate(() => document.activeElement?.matches('.card-node.selected') ?? false),
  );
  await page.locator('.field-issues').waitFor();
  await text.focus();
  await page.keyboard.press('Control+z');
  await thereAre(1);
  await page.getByRole('heading', { name: 'This flow' }).waitFor();
});
