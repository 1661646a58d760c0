import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';
import { holdSaves } from './hold-saves.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;

beforeEach(async () => {
  ({ page } = browser.tab);
  await page.goto('/');
  await page.getByText('No flows yet').waitFor();
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const cards = () => page.locator('.card-node');
const card = (label: string) => cards().filter({ hasText: label });
const wires = () => page.locator('.wire');
const thereAre = (count: number) =>
  until(`${count} cards`, async () => (await cards().count()) === count);
const saved = () => page.getByText('Saved', { exact: true }).waitFor();

async function openNewFlow(): Promise<string> {
  await press('New flow');
  await card('Chat opens').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** The middle of something on the canvas. */
async function middle(selector: ReturnType<typeof card>) {
  const box = await selector.boundingBox();
  if (!box) throw new Error('not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
}

/** The flow as the server has it. */
async function stored(id: string) {
  const answer = await page.request.get(`/api/workflows/${id}`);
  return (await answer.json()) as {
    name: string;
    nodes: { id: string; label: string; position: { x: number; y: number } }[];
    edges: { source: string; sourceHandle: string; target: string }[];
  };
}

it('tells of a limit that is nearly reached, and leads there', async () => {
  const logs = { budget: 'logs', unit: 'bytes', used: 8.5e9, limit: 1e10, warning: true };
  await page.route('**/api/usage*', (route) => route.fulfill({ json: { budgets: [logs] } }));
  await openNewFlow();
  await page.getByRole('link', { name: 'Close to a limit' }).click();
  await page.getByText('8,500 MB of 10,000 MB').waitFor();
  await page.unroute('**/api/usage*');
  await page.goBack();
  await page.reload();
  await card('Chat opens').waitFor();
  expect(await page.getByText('Close to a limit').count()).toBe(0);
});

describe('drawing a flow', () => {
  it('draws by pointer, takes back and does again, saves, tests and publishes', async () => {
    const id = await openNewFlow();
    const handle = await middle(card('Chat opens').locator('[data-handle=out]'));
    await drag(handle, { x: handle.x + 120, y: handle.y - 120 });
    await page.getByRole('menuitem', { name: 'Speak' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Greeting');
    await page.getByLabel('Text', { exact: true }).fill('Hello from the studio!');
    await card('Greeting').waitFor();
    expect(await wires().count()).toBe(1);

    const before = await middle(card('Greeting'));
    // Alt keeps it from being held at the line of another card.
    await page.keyboard.down('Alt');
    await drag(before, { x: before.x + 64, y: before.y + 160 });
    await page.keyboard.up('Alt');
    expect(Math.round((await middle(card('Greeting'))).y - before.y)).toBe(160);
    await page.keyboard.press('Control+z');
    await until(
      'the card is back',
      async () => Math.round((await middle(card('Greeting'))).y) === Math.round(before.y),
    );
    await page.keyboard.press('Control+Shift+z');
    await saved();
    await until('it is stored', async () =>
      (await stored(id)).nodes.some(({ label }) => label === 'Greeting'),
    );
    expect(await stored(id)).toMatchObject({ edges: [{ source: 'start', sourceHandle: 'out' }] });

    await page.getByRole('tab', { name: 'Test run' }).click();
    await press('Start test');
    await page.locator('.messages .bubble', { hasText: 'Hello from the studio!' }).waitFor();
    await page.getByText('Completed', { exact: true }).waitFor();
    await page.locator('.card-node.run-done', { hasText: 'Greeting' }).waitFor();
    expect(await page.locator('.wire.taken').count()).toBe(1);

    await press('Publish');
    await page.getByText('Version 1 is live. New runs use it.').waitFor();
  });

  it('selects by a box, copies, pastes, duplicates and deletes, each one step back', async () => {
    await openNewFlow();
    await press('Speak');
    await press('Wait');
    await thereAre(3);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await thereAre(6);
    await page.keyboard.press('Control+d');
    await thereAre(9);
    await page.keyboard.press('Delete');
    await thereAre(6);
    for (const count of [9, 6, 3]) {
      await page.keyboard.press('Control+z');
      await thereAre(count);
    }
    await press('Zoom to fit');
    const frame = await page.locator('.canvas').boundingBox();
    if (!frame) throw new Error('no canvas');
    await drag(
      { x: frame.x + 4, y: frame.y + 4 },
      { x: frame.x + frame.width - 4, y: frame.y + frame.height - 80 },
    );
    expect(await page.getByText('3 nodes selected').count()).toBe(1);
  });

  it('blocks publishing with the reasons, which the node shows too', async () => {
    await openNewFlow();
    await press('Speak');
    await card('Chat opens').click();
    await page.locator('.card-fault.error').waitFor();
    await press('Publish');
    await page.getByText('Fix these issues to publish').waitFor();
  });
});

describe('saving', () => {
  it('keeps a name that is being typed, whatever arrives meanwhile', async () => {
    const id = await openNewFlow();
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route(`**/api/workflows?id=${id}&*`, async (route) => {
      await released;
      await route.continue();
    });
    await page.reload();
    await card('Chat opens').waitFor();
    await page.getByLabel('Flow name').fill('Half a name');
    expect(await page.getByText('Draft', { exact: true }).count()).toBe(0);
    release();
    await page.getByText('Draft', { exact: true }).waitFor();
    expect(await page.getByLabel('Flow name').inputValue()).toBe('Half a name');
    await page.getByLabel('Flow name').press('Enter');
    await until('it is stored', async () => (await stored(id)).name === 'Half a name');
    await page.getByLabel('Flow name').fill('Not this one');
    await page.getByLabel('Flow name').press('Escape');
    expect(await page.getByLabel('Flow name').inputValue()).toBe('Half a name');
    await page.unroute(`**/api/workflows?id=${id}&*`);
  });

  it('keeps what was drawn while the server was away, over a reload too', async () => {
    const id = await openNewFlow();
    await saved();
    await page.route('**/api/workflows/*', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.continue(),
    );
    await press('AI');
    await page.getByText('Offline. Saved on this device').waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await card('AI').waitFor();
    expect((await stored(id)).nodes).toHaveLength(1);
    await page.unroute('**/api/workflows/*');
    await until('it is stored', async () => (await stored(id)).nodes.length === 2);
    await saved();
  });

  it('asks which one counts where another tab has saved, and undo brings back the other', async () => {
    const id = await openNewFlow();
    await saved();
    const other = await page.context().newPage();
    await other.goto(`/flows/${id}`);
    await other.locator('.card-node').first().waitFor();
    const release = await holdSaves(page, id);
    await press('Speak');
    await other.getByLabel('Flow name').fill('Named by the other');
    await other.getByLabel('Flow name').press('Enter');
    await until('it is stored', async () => (await stored(id)).name === 'Named by the other');
    release();
    // A tab that nobody sees is drawn once a second, and clicks wait until what they are on stands still.
    await page.bringToFront();
    await page.getByText('This flow was changed elsewhere').first().waitFor();
    await press('Use theirs');
    await saved();
    expect(await page.getByLabel('Flow name').inputValue()).toBe('Named by the other');
    expect(await cards().count()).toBe(1);
    await page.locator('.canvas').focus();
    await press('Undo: Use the other copy');
    await until('it is stored', async () => (await stored(id)).nodes.length === 2);
    await other.close();
  });
});

describe('around the canvas', () => {
  it('the flow is renamed, duplicated and exported on each of its pages', async () => {
    const id = await openNewFlow();
    await saved();
    const choose = async (name: string, command: string) => {
      await press(`More actions for ${name}`);
      await page.getByRole('menuitem', { name: command }).click();
    };
    await page.goto(`/flows/${id}/share`);
    await choose((await stored(id)).name, 'Rename…');
    await page.getByRole('dialog').getByLabel('Name').fill('Front desk');
    await page.keyboard.press('Enter');
    await page.locator('.flow-bar').getByText('Front desk').waitFor();
    expect((await stored(id)).name).toBe('Front desk');

    await page.getByRole('link', { name: 'Build', exact: true }).click();
    await card('Chat opens').waitFor();
    await press('Speak');
    const downloading = page.waitForEvent('download');
    await choose('Front desk', 'Export as JSON');
    const exported = await readFile(await (await downloading).path(), 'utf8');
    // What was only just drawn too.
    expect((JSON.parse(exported) as { nodes: unknown[] }).nodes).toHaveLength(2);
    await choose('Front desk', 'Duplicate');
    await page.locator('.toaster').getByRole('button', { name: 'Open' }).click();
    await until('the copy', () => !page.url().endsWith(id));
    await thereAre(2);
  });

  it('the panel is as wide as it was left, by pointer or keys', async () => {
    const id = await openNewFlow();
    const edge = page.getByRole('separator', { name: 'Width of the side panel' });
    const width = async () => Number(await edge.getAttribute('aria-valuenow'));
    const before = await width();
    const at = await middle(edge);
    await drag(at, { x: at.x - 80, y: at.y });
    await until('it is wider', async () => Math.abs((await width()) - before - 80) <= 4);
    const panel = await page.locator('.inspector').boundingBox();
    expect(Math.round(panel!.width)).toBe(await width());
    await edge.press('End');
    await edge.press('ArrowRight');
    await until('it is set', async () => (await width()) === 544);
    await page.goto(`/flows/${id}`);
    await card('Chat opens').waitFor();
    expect(await width()).toBe(544);
  });
});

it('a form shows what it can of data that is none, and says what is wrong with the rest', async () => {
  const id = await openNewFlow();
  await press('Listen');
  await saved();
  await page.route(`**/api/workflows/${id}`, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const answer = await route.fetch();
    const flow = (await answer.json()) as { nodes: { type: string; data: object }[] };
    // No server sends that: it stands for what another program put on the clipboard.
    for (const node of flow.nodes) {
      if (node.type === 'listen') node.data = { reminders: 7, variable: 'name', retryText: [] };
    }
    await route.fulfill({ response: answer, json: flow });
  });
  await page.reload();
  await card('Listen').click();
  const form = page.getByRole('complementary', { name: 'Properties' });
  await until('the name', async () => (await form.getByLabel('Save as').inputValue()) === 'name');
  await form.locator('.field-issues').first().waitFor();
  await page.unroute(`**/api/workflows/${id}`);
});
