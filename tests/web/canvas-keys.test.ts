import type { CDPSession, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { clipboard: true });
let page: Page;

beforeEach(async () => {
  ({ page } = browser.tab);
  await page.goto('/');
  await page.getByText('No flows yet').waitFor();
});

type At = { x: number; y: number };

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const keys = async (...all: string[]) => {
  for (const one of all) await page.keyboard.press(one);
};
const cards = () => page.locator('.card-node');
const card = (label: string) => cards().filter({ hasText: label });
const selected = () => page.locator('.card-node.selected');
const wires = () => page.locator('.wire');
const menuItem = (name: string | RegExp) => page.getByRole('menuitem', { name });
const thereAre = (count: number) =>
  until(`${count} cards`, async () => (await cards().count()) === count);
const thereAreWires = (count: number) =>
  until(`${count} wires`, async () => (await wires().count()) === count);
const said = (words: string) => page.getByRole('status').getByText(words).waitFor();
const hasFocus = (label: string) =>
  until(`focus on ${label}`, () =>
    page.evaluate(
      (name) => document.activeElement?.getAttribute('aria-label')?.endsWith(name),
      label,
    ),
  );
const saved = () => page.getByText('Saved', { exact: true }).waitFor();

async function boxOf(label: string) {
  const box = await card(label).boundingBox();
  if (!box) throw new Error(`${label} is not on the page`);
  return box;
}

/** Waits until a card is as far from where it was. */
const hasMoved = (label: string, from: At, by: At) =>
  until(`${label} moved by ${by.x}, ${by.y}`, async () => {
    const { x, y } = await boxOf(label);
    return Math.abs(x - from.x - by.x) < 1.5 && Math.abs(y - from.y - by.y) < 1.5;
  });

async function openNewFlow() {
  await page.goto('/');
  await press('New flow');
  await card('Chat opens').waitFor();
}

/** The trigger, and nodes of these kinds, none on another, the last one selected. */
async function openFlowOf(...kinds: string[]) {
  await openNewFlow();
  for (const [index, kind] of kinds.entries()) {
    await press(kind);
    await thereAre(index + 2);
    // What is to be written first may have focus now.
    await until(`${kind} to be new`, async () =>
      (await selected().getAttribute('aria-label'))?.endsWith(kind),
    );
    await selected().focus();
  }
}

describe('by keyboard', () => {
  it('adds after a node, goes, moves, connects, deletes a wire, and takes all of it back', async () => {
    await openFlowOf('Speak', 'Wait');
    await hasFocus('Wait');
    await keys('Alt+ArrowUp');
    await hasFocus('Speak');
    const start = await boxOf('Speak');
    await keys('ArrowRight', 'Shift+ArrowRight');
    await hasMoved('Speak', start, { x: 88, y: 0 });
    await keys('Control+z', 'Control+z');
    await hasMoved('Speak', start, { x: 0, y: 0 });

    await keys('c');
    await page.getByRole('dialog').getByLabel('To').selectOption('Wait');
    await keys('Enter');
    await thereAreWires(1);
    await said('Speak connected to Wait');
    await hasFocus('Speak');
    await keys('a');
    await menuItem(/^AI$/).waitFor();
    await keys('Escape');
    await hasFocus('Speak');
    await thereAre(3);

    await keys('e');
    await page.locator('.wire.selected').waitFor();
    await said('Connection from Speak, Next, to Wait');
    await keys('Shift+F10');
    await menuItem('Insert Branch').click();
    await thereAre(4);
    await thereAreWires(2);
    await keys('Control+z');
    await thereAreWires(1);
    await card('Speak').focus();
    await keys('e', 'Delete');
    await thereAreWires(0);
    await hasFocus('Speak');
    await keys('Control+z');
    await thereAreWires(1);
  });

  it('opens properties and the sheet of keys, finds a node, jumps to problems, lays out', async () => {
    await openFlowOf('Speak', 'AI');
    await keys('Enter');
    await until('the form has focus', () =>
      page.evaluate(() => document.activeElement?.matches('.inspector input')),
    );
    await page.keyboard.type('!');
    await card('AI!').waitFor();
    await card('Speak').focus();

    await keys('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Select next connection').waitFor();
    expect(await sheet.locator('kbd').count()).toBeGreaterThan(40);
    await keys('Escape');
    await hasFocus('Speak');

    await keys('Control+f');
    await page.keyboard.type('ai!');
    await keys('Enter');
    await hasFocus('AI!');
    await keys('F8');
    await page.locator('.card-node.selected .card-fault').waitFor();

    const before = await boxOf('Chat opens');
    await keys('Shift+L');
    await said('Tidy up');
    await press('Undo: Tidy up');
    await until('it is as it was', async () => {
      await press('Zoom to fit');
      const speak = await boxOf('Speak');
      const opens = await boxOf('Chat opens');
      return Math.abs(speak.x - opens.x) < before.width;
    });
  });
});

describe('menus', () => {
  it('are on nodes, wires, the canvas and many at once', async () => {
    await openFlowOf('Speak', 'Branch');
    await card('Speak').click({ button: 'right' });
    await menuItem(/^Duplicate/).click();
    await thereAre(4);
    await keys('Control+z');
    await thereAre(3);

    const frame = await page.locator('.canvas').boundingBox();
    if (!frame) throw new Error('no canvas');
    const corner = { x: frame.x + 40, y: frame.y + 40 };
    await page.mouse.click(corner.x, corner.y, { button: 'right' });
    await menuItem('Add HTTP request').click();
    await thereAre(4);
    const made = await boxOf('HTTP request');
    expect(Math.abs(made.y - corner.y)).toBeLessThan(60);

    await page.mouse.click(corner.x + 10, corner.y + 300, { button: 'right' });
    await menuItem(/^Select all/).click();
    await card('Speak').click({ button: 'right' });
    await menuItem('Align left').click();
    await until('all are in line', async () => {
      const boxes = await Promise.all(
        ['Chat opens', 'Speak', 'Branch', 'HTTP request'].map((label) => boxOf(label)),
      );
      return boxes.every(({ x }) => Math.abs(x - (boxes[0]?.x ?? 0)) < 1);
    });
    await press('Undo: Align');
    await keys('Control+a', 'Delete');
    await thereAre(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await thereAre(4);
  });
});

describe('the clipboard', () => {
  it('carries nodes from one flow into another, by keys and by menu, and says what is none', async () => {
    await openFlowOf('Speak', 'Wait');
    await card('Speak').click();
    await keys('c');
    await page.getByRole('dialog').getByLabel('To').selectOption('Wait');
    await keys('Enter');
    await thereAreWires(1);
    await keys('Control+a', 'Control+x');
    await thereAre(0);
    await keys('Control+z');
    await thereAre(3);
    await thereAreWires(1);
    await saved();

    await openNewFlow();
    await keys('Control+v');
    await thereAre(4);
    await thereAreWires(1);
    await keys('Control+z');
    await thereAre(1);
    const frame = await page.locator('.canvas').boundingBox();
    if (!frame) throw new Error('no canvas');
    await page.mouse.click(frame.x + 60, frame.y + 80, { button: 'right' });
    await menuItem(/^Paste/).click();
    await thereAre(4);
    await page.evaluate(() => navigator.clipboard.writeText('{"a": "recipe"}'));
    await keys('Control+v');
    await page.getByText('The clipboard doesn’t contain any nodes').waitFor();
    await thereAre(4);
  });
});

describe('notes', () => {
  const notes = () => page.locator('.canvas-note');
  const note = (text: string) => notes().filter({ hasText: text });

  it('are written, dragged along, copied into another flow, deleted, and stay where they are', async () => {
    await openFlowOf('Speak');
    await keys('n');
    await page.getByLabel('Note', { exact: true }).pressSequentially('Ask sales');
    await keys('Escape');
    await note('Ask sales').waitFor();
    await until('the note has focus', () =>
      page.evaluate(() => document.activeElement?.matches('.canvas-note')),
    );
    const start = await note('Ask sales').boundingBox();
    await keys('Shift+ArrowDown');
    await until('it has moved', async () => {
      const now = await note('Ask sales').boundingBox();
      return now && start && Math.abs(now.y - start.y - 80) < 1.5;
    });
    await keys('Control+z', 'Control+z');
    await notes().filter({ hasText: 'Empty note' }).waitFor();
    await keys('Control+Shift+z', 'Control+Shift+z');
    await note('Ask sales').waitFor();

    await keys('Control+a');
    const card = await boxOf('Speak');
    const before = await note('Ask sales').boundingBox();
    await page.mouse.move(card.x + 100, card.y + 50);
    await page.mouse.down();
    await page.mouse.move(card.x + 140, card.y + 90, { steps: 5 });
    await page.mouse.up();
    await until('the note came along', async () => {
      const now = await note('Ask sales').boundingBox();
      return now && before && now.x - before.x > 30 && now.y - before.y > 30;
    });
    await note('Ask sales').dblclick();
    await page.getByLabel('Note', { exact: true }).pressSequentially(' twice');
    await keys('Control+Enter');
    await note('Ask sales twice').click({ button: 'right' });
    await menuItem(/^Copy/).click();
    await saved();
    await page.reload();
    await note('Ask sales twice').waitFor();

    await openNewFlow();
    await keys('Control+v');
    await note('Ask sales twice').waitFor();
    await keys('Delete');
    await until('it is gone', async () => (await notes().count()) === 0);
    await said('Note deleted');
    await keys('Control+z');
    await note('Ask sales twice').waitFor();
  });
});

describe('guides', () => {
  it('show and hold while something is dragged, but for Alt', async () => {
    await openFlowOf('Speak');
    const still = await boxOf('Chat opens');
    const from = await boxOf('Speak');
    const grip = { x: from.x + 100, y: from.y + 50 };
    const over = { x: still.x - from.x + 4, y: 90 };
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    await page.mouse.move(grip.x + over.x, grip.y + over.y, { steps: 8 });
    await page.locator('.guide').first().waitFor({ state: 'attached' });
    expect((await boxOf('Speak')).x).toBeCloseTo(still.x, 0);
    await page.keyboard.down('Alt');
    await page.mouse.move(grip.x + over.x + 1, grip.y + over.y);
    await until('no guide', async () => (await page.locator('.guide').count()) === 0);
    expect((await boxOf('Speak')).x).toBeCloseTo(still.x + 5, 0);
    await page.keyboard.up('Alt');
    await keys('Escape');
    await hasMoved('Speak', from, { x: 0, y: 0 });
    await page.mouse.up();
    expect(await page.getByRole('button', { name: 'Undo: Move' }).count()).toBe(0);
  });
});

describe('fingers', () => {
  let fingers: CDPSession;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: At[]) =>
    fingers.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  const slide = async (from: At, to: At) => {
    await touch('touchStart', from);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      const at = (axis: 'x' | 'y') => from[axis] + (to[axis] - from[axis]) * share;
      await touch('touchMove', { x: at('x'), y: at('y') });
    }
    await touch('touchEnd');
  };
  const zoom = () => page.getByRole('button', { name: /%$/ }).innerText();

  it('pan, pinch, drag a node and hold for its menu, on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    fingers = await browser.tab.context.newCDPSession(page);
    await openNewFlow();
    const start = await boxOf('Chat opens');
    const frame = await page.locator('.canvas').boundingBox();
    if (!frame) throw new Error('no canvas');
    const empty = { x: frame.x + frame.width / 2, y: frame.y + frame.height - 110 };

    await slide(empty, { x: empty.x + 20, y: empty.y - 48 });
    await hasMoved('Chat opens', start, { x: 20, y: -48 });

    await touch('touchStart', { x: start.x + 60, y: start.y - 20 });
    await touch('touchEnd');
    await page.locator('.card-node.selected').waitFor();
    await touch('touchStart', empty);
    await touch('touchEnd');
    await until('nothing is selected', async () => (await page.locator('.selected').count()) === 0);

    const grip = await boxOf('Chat opens');
    const middle = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 };
    await slide(middle, { x: middle.x, y: middle.y + 64 });
    await until('it was dragged', async () => (await boxOf('Chat opens')).y > grip.y + 20);
    await press('Undo: Move');
    await hasMoved('Chat opens', grip, { x: 0, y: 0 });

    // One of the two is on the card: it zooms all the same, and drags nothing.
    const [a, b] = [middle, { x: middle.x, y: middle.y + 60 }];
    const before = await zoom();
    await touch('touchStart', a);
    await touch('touchStart', a, b);
    await touch('touchMove', { x: a.x, y: a.y - 20 }, { x: b.x, y: b.y + 10 });
    await touch('touchMove', { x: a.x, y: a.y - 40 }, { x: b.x, y: b.y + 20 });
    await touch('touchEnd');
    await until(
      'it is larger',
      async () => Number.parseInt(await zoom()) > Number.parseInt(before),
    );
    expect(await page.getByRole('button', { name: 'Undo: Move' }).count()).toBe(0);

    await press('Zoom to fit');
    const rest = await boxOf('Chat opens');
    await touch('touchStart', { x: rest.x + 40, y: rest.y + 20 });
    await menuItem(/^Connect/).waitFor();
    await touch('touchEnd');
    await menuItem(/^Duplicate/).click();
    await thereAre(2);
  });
});
