import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { clipboard: true });
let page: Page;
let flowId: string;

beforeEach(() => {
  ({ page } = browser.tab);
});

type At = { x: number; y: number };
type Saved = Pick<FlowInput, 'name' | 'description' | 'variables' | 'nodes' | 'edges' | 'notes'>;

const node = (id: string, type: FlowNodeInput['type'], at: At, data: object): FlowNodeInput => ({
  id,
  type,
  label: id,
  position: at,
  data,
});

const flow: FlowInput = {
  schemaVersion: 1,
  name: 'Every command',
  nodes: [
    node('start', 'trigger', { x: 0, y: 0 }, { kind: 'chat' }),
    node('alpha', 'speak', { x: 260, y: 0 }, { mode: 'text', text: 'Alpha' }),
    node('beta', 'speak', { x: 260, y: 140 }, { mode: 'text', text: 'Beta' }),
    node('gamma', 'speak', { x: 330, y: 300 }, { mode: 'text', text: 'Gamma' }),
    node(
      'fork',
      'logic',
      { x: 0, y: 200 },
      {
        kind: 'branch',
        cases: [{ handle: 'yes', when: 'has(vars.plan)' }],
      },
    ),
  ],
  edges: [{ id: 'e1', source: 'start', sourceHandle: 'out', target: 'alpha' }],
};

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const keys = async (...all: string[]) => {
  for (const one of all) await page.keyboard.press(one);
};
const card = (id: string) => page.locator(`[data-node="${id}"]`);
const cards = () => page.locator('.card-node');
const outlet = (id: string, handle = 'out') => card(id).locator(`.is-out[data-handle="${handle}"]`);
const canvas = () => page.locator('.canvas');
const inspector = () => page.getByRole('complementary', { name: 'Properties' });
const field = (name: string) => inspector().getByLabel(name, { exact: true });
const menuItem = (name: string | RegExp) => page.getByRole('menuitem', { name });
const palette = (name: string) =>
  page.getByRole('navigation', { name: 'Nodes to add' }).getByRole('button', { name, exact: true });
const note = () => page.locator('.canvas-note');
const bar = () => page.locator('.studio-bar');
const undo = () => bar().getByRole('button', { name: /^Undo/ });
const redo = () => bar().getByRole('button', { name: /^Redo/ });

async function middle(of: Locator): Promise<At> {
  const box = await of.boundingBox();
  if (!box) throw new Error('it is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function free(right: number, down: number): Promise<At> {
  const box = await canvas().boundingBox();
  if (!box) throw new Error('there is no canvas');
  return { x: box.x + right, y: box.y + down };
}

async function drag(from: At, to: At) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
  await page.mouse.up();
}

/** Where nobody's card is, so that keys go to the canvas and nothing is selected. */
async function clear() {
  const at = await free(30, 30);
  await page.mouse.click(at.x, at.y);
}

async function stored(): Promise<Saved> {
  const answer = await page.request.get(`/api/workflows/${flowId}`);
  const { name, description, variables, nodes, edges, notes } = (await answer.json()) as Saved;
  const byId = <T extends { id: string }>(all: readonly T[] = []) =>
    [...all].sort((a, b) => a.id.localeCompare(b.id));
  return {
    ...{ name, description, variables },
    ...{ nodes: byId(nodes), edges: byId(edges), notes: byId(notes) },
  };
}

/** Has it saved now, and waits until the server has what is wanted of it. */
async function storedOnce(what: string, isIt: (saved: Saved) => boolean): Promise<Saved> {
  let saved = await stored();
  await until(what, async () => {
    saved = await stored();
    return isIt(saved);
  });
  return saved;
}

const same = (one: Saved, other: Saved) => JSON.stringify(one) === JSON.stringify(other);

type Command = { name: string; prepare?: () => Promise<void>; run: () => Promise<void> };

async function tryAll(commands: readonly Command[]) {
  const first = await stored();
  let before = first;
  const changed = async (what: string, change: () => Promise<void>) => {
    await press('Zoom to fit');
    await change();
    await keys('Control+s');
    return storedOnce(`${what} to be saved`, (saved) => !same(saved, before));
  };
  for (const { name, prepare, run } of commands) {
    if (prepare) before = await changed(`what comes before ${name}`, prepare);
    const after = await changed(name, run);
    await undo().click();
    await keys('Control+s');
    await storedOnce(`${name} to be undone`, (saved) => same(saved, before));
    await redo().click();
    await keys('Control+s');
    await storedOnce(`${name} to be done again`, (saved) => same(saved, after));
    before = after;
  }
  return { first, last: before };
}

async function openFlow(drawn: FlowInput) {
  const saved = await page.request.post('/api/workflows', { data: drawn });
  ({ id: flowId } = (await saved.json()) as { id: string });
  await page.goto(`/flows/${flowId}`);
  await card('start').waitFor();
}

/** By its upper edge: what was pasted or duplicated lies over the rest of it. */
const pick = (id: string, modifiers: 'Shift'[] = []) =>
  card(id).click({ position: { x: 100, y: 8 }, modifiers });

const arrange = (name: string, ids: readonly string[]) => ({
  name,
  // Cards are of one width: where one way has put them in line, so has another.
  prepare: async () => {
    await pick('alpha');
    await keys('Shift+ArrowRight', 'ArrowDown');
  },
  run: async () => {
    for (const id of ids) await pick(id, id === ids[0] ? [] : ['Shift']);
    await card('alpha').click({ button: 'right' });
    await menuItem(name).click();
  },
});

it('each command changes the flow, is taken back and done again, and so are all of them', async () => {
  await openFlow(flow);
  const { first, last } = await tryAll([
    { name: 'a press on the palette', run: () => press('Listen') },
    {
      name: 'a drag from the palette',
      run: () => palette('AI').dragTo(canvas(), { targetPosition: { x: 60, y: 560 } }),
    },
    {
      name: 'a drag from the palette onto a wire',
      run: async () => {
        const [from, to, frame] = await Promise.all([
          middle(outlet('start')),
          middle(card('alpha').locator('.is-in')),
          canvas().boundingBox(),
        ]);
        await palette('Speak').dragTo(canvas(), {
          targetPosition: {
            x: (from.x + to.x) / 2 - (frame?.x ?? 0),
            y: (from.y + to.y) / 2 - (frame?.y ?? 0),
          },
        });
      },
    },
    {
      name: 'a wire drawn into nothing',
      run: async () => {
        const from = await middle(outlet('gamma'));
        await drag(from, { x: from.x + 90, y: from.y + 50 });
        await menuItem('HTTP request').click();
      },
    },
    {
      name: 'a wire from a handle to a card',
      run: async () => drag(await middle(outlet('fork', 'yes')), await middle(card('beta'))),
    },
    {
      name: 'a wire chosen in the properties',
      run: async () => {
        await pick('beta');
        await field('Next').selectOption('gamma');
      },
    },
    {
      name: 'a wire that is deleted',
      run: async () => {
        await pick('fork');
        await keys('e', 'Delete');
      },
    },
    {
      name: 'a card that is dragged',
      run: async () => {
        const from = await middle(card('fork'));
        await drag({ x: from.x, y: from.y - 20 }, { x: from.x - 24, y: from.y + 60 });
      },
    },
    {
      name: 'a card that is nudged',
      run: async () => {
        await pick('gamma');
        await keys('ArrowRight');
      },
    },
    {
      name: 'many that are dragged',
      run: async () => {
        await clear();
        await keys('Control+a');
        const from = await middle(card('alpha'));
        await drag(from, { x: from.x + 16, y: from.y + 24 });
      },
    },
    ...['Align left', 'Align horizontal centers', 'Align right', 'Distribute vertically'].map(
      (name) => arrange(name, ['alpha', 'beta', 'gamma']),
    ),
    {
      name: 'cards that are laid out',
      run: async () => {
        await clear();
        await keys('Shift+L');
        await page.getByRole('status').getByText('Tidy up').waitFor();
      },
    },
    ...['Align top', 'Align vertical centers', 'Align bottom'].map((name) =>
      arrange(name, ['alpha', 'beta']),
    ),
    {
      name: 'cards that are laid out again',
      run: async () => {
        await clear();
        await keys('Shift+L');
        await page.getByRole('status').getByText('Tidy up').waitFor();
      },
    },
    {
      name: 'cards that are duplicated',
      run: async () => {
        await pick('beta');
        await keys('Control+d');
      },
    },
    {
      name: 'cards that are pasted',
      run: async () => {
        await pick('fork');
        await keys('Control+c', 'Control+v');
      },
    },
    {
      name: 'a card that is cut',
      run: async () => {
        await pick('fork');
        await keys('Control+x');
      },
    },
    {
      name: 'a card that is deleted with its wires',
      run: async () => {
        await pick('alpha');
        await keys('Delete');
      },
    },
    {
      name: 'a name',
      run: async () => {
        await pick('beta');
        await field('Name').fill('Betty');
      },
    },
    {
      name: 'a field',
      run: async () => {
        await pick('gamma');
        await field('Text').fill('Gamma rays');
      },
    },
    {
      name: 'a note',
      run: async () => {
        await clear();
        await keys('n');
        await page.getByLabel('Note', { exact: true }).waitFor();
        await keys('Escape');
      },
    },
    {
      name: 'a note that is written on',
      run: async () => {
        await note().dblclick();
        await page.getByLabel('Note', { exact: true }).pressSequentially('Ask sales');
        await keys('Control+Enter');
      },
    },
    {
      name: 'a note that is moved',
      run: async () => {
        await note().focus();
        await keys('Shift+ArrowDown');
      },
    },
    {
      name: 'a note that is deleted',
      run: async () => {
        await note().focus();
        await keys('Delete');
      },
    },
    {
      name: 'the name of the flow',
      run: async () => {
        await page.getByLabel('Flow name').fill('All of them');
        await keys('Enter');
      },
    },
    {
      name: 'a variable',
      run: async () => {
        await clear();
        await press('Add a variable');
      },
    },
    {
      name: 'all that is deleted',
      run: async () => {
        await clear();
        await keys('Control+a', 'Delete');
      },
    },
  ]);

  while (await undo().isEnabled()) await undo().click();
  await keys('Control+s');
  await storedOnce('the first flow', (saved) => same(saved, first));
  while (await redo().isEnabled()) await redo().click();
  await keys('Control+s');
  await storedOnce('the last flow', (saved) => same(saved, last));
  expect(await cards().count()).toBe(0);
}, 240_000);

it('takes back a hundred steps', async () => {
  await openFlow(flow);
  const before = await stored();
  const steps = 100;
  for (let step = 0; step < steps; step += 1) {
    // A step each: what is typed into one field without a break would be one.
    await card(step % 2 ? 'beta' : 'gamma').focus();
    await keys('ArrowRight');
  }
  await keys('Control+s');
  const after = await storedOnce('all steps', (saved) => !same(saved, before));
  let taken = 0;
  for (; await undo().isEnabled(); taken += 1) await undo().click();
  await keys('Control+s');
  await storedOnce('none of them', (saved) => same(saved, before));
  expect(taken).toBe(steps);
  for (let step = 0; step < steps; step += 1) await redo().click();
  await keys('Control+s');
  await storedOnce('all of them again', (saved) => same(saved, after));
}, 120_000);
