import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { GeminiRequest } from '../support/fake-gemini.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let flowId: string;

const isAgain = ({ body }: GeminiRequest) =>
  body.contents?.at(-1)?.parts?.some((part) => 'functionResponse' in part) ?? false;

beforeAll(() => {
  site.gemini.behave({
    handle: (request) => {
      if (request.prompt.startsWith('The visitor is here')) {
        return { kind: 'answer', text: 'Good day! For which day?' };
      }
      if (request.prompt === 'Friday' && !isAgain(request)) {
        const calls = [{ name: 'free_times', args: { day: 'Friday' } }];
        return { kind: 'answer', text: '', chunks: [''], calls };
      }
      if (request.prompt === 'Friday') return { kind: 'answer', text: 'Nine is free. Your name?' };
      if (request.prompt === 'Ada') {
        const calls = [{ name: 'finish_conversation', args: { name: 'Ada' } }];
        return { kind: 'answer', text: 'See you!', chunks: ['See you!'], calls };
      }
      return undefined;
    },
  });
});

beforeEach(() => {
  ({ page } = browser.tab);
});

const node = (id: string, type: FlowNodeInput['type'], x: number, data: object) => ({
  id,
  type,
  label: id,
  position: { x, y: 80 },
  data,
});

const booking = (): FlowInput => ({
  schemaVersion: 1,
  name: 'Booking',
  nodes: [
    node('start', 'trigger', 0, { kind: 'chat' }),
    node('lead', 'ai', 280, { prompt: '' }),
    node('bye', 'speak', 560, { mode: 'text', text: 'Booked for {{ vars.guest.name }}.' }),
    {
      ...node('slots', 'integration', 280, {
        ...{ kind: 'http', method: 'POST', url: `${site.echo.url}/slots` },
        body: { day: '{{ vars.day }}' },
      }),
      label: 'Free times',
      position: { x: 280, y: 320 },
    },
  ],
  edges: [
    { id: 'a', source: 'start', sourceHandle: 'out', target: 'lead' },
    { id: 'b', source: 'lead', sourceHandle: 'out', target: 'bye' },
  ],
});

const card = (id: string) => page.locator(`[data-node="${id}"]`);
const inspector = () => page.getByRole('complementary', { name: 'Properties' });
const field = (name: string) => inspector().getByLabel(name, { exact: true });
const problems = () => inspector().locator('.problems, .field-issues');
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const said = () => page.locator('.messages .bubble').allInnerTexts();

async function storedData(id: string): Promise<unknown> {
  const answer = await page.request.get(`/api/workflows/${flowId}`);
  const { nodes } = (await answer.json()) as { nodes: FlowNodeInput[] };
  return nodes.find((one) => one.id === id)?.data;
}

async function reply(text: string, answer: string) {
  const box = page.getByRole('textbox', { name: 'Your message' });
  await box.fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.messages .bubble', { hasText: answer }).waitFor();
}

it('a conversation with a goal is drawn, its tool called, and its fields collected', async () => {
  const saved = await page.request.post('/api/workflows', { data: booking() });
  ({ id: flowId } = (await saved.json()) as { id: string });
  await page.goto(`/flows/${flowId}`);
  await card('lead').click();

  await field('Action').selectOption('converse');
  await problems().getByText('Describe when the goal is reached').waitFor();
  await field('Goal').fill('A day is booked');
  await field('Fields to collect').check();
  await field('Description for the AI').fill('Of the guest');
  await field('Save as').fill('guest');
  await field('Maximum replies').fill('6');
  await inspector().getByText('Tools', { exact: true }).click();
  await press('Add an integration');
  await field('Integration').selectOption('slots');
  expect(await field('Name for the AI, like order_status').inputValue()).toBe('free_times');
  await field('What it does and when to call it').fill('The free times of a day');
  await field('Values the AI fills in').check();
  await field('Field name').nth(1).fill('day');
  await field('If the AI doesn’t respond').selectOption('text');
  await field('Fallback text').fill('Please call us.');
  await expect.poll(() => problems().count()).toBe(0);

  const schema = (name: string, more = {}) => ({
    type: 'object',
    properties: { [name]: { type: 'string', ...more } },
    required: [name],
  });
  const wanted = {
    converse: {
      goal: 'A day is booked',
      collect: schema('name', { description: 'Of the guest' }),
      maxTurns: 6,
    },
    saveAs: 'guest',
    tools: [
      {
        ...{ kind: 'integration', node: 'slots', name: 'free_times' },
        ...{ description: 'The free times of a day', parameters: schema('day') },
      },
    ],
    fallback: { kind: 'text', text: 'Please call us.' },
  };
  await until('it to be saved', async () =>
    expect.objectContaining(wanted).asymmetricMatch(await storedData('lead')),
  );
  // An integration that a model calls needs no wire to be reached.
  expect(await page.getByText('Nothing leads to').count()).toBe(0);

  // A line to it says so, and follows it.
  const line = () => page.locator('.call-line').getAttribute('d');
  const before = await line();
  await card('slots').click();
  await inspector().getByText('Called by the AI in lead.').waitFor();
  await page.keyboard.press('ArrowDown');
  await until('the line to follow', async () => (await line()) !== before);
  await page.keyboard.press('Control+z');
  await until('the line to come back', async () => (await line()) === before);

  await page.getByRole('tab', { name: 'Test run' }).click();
  await press('Start test');
  await page.locator('.messages .bubble', { hasText: 'For which day?' }).waitFor();
  await card('lead').and(page.locator('.run-waiting')).waitFor();
  await reply('Friday', 'Nine is free. Your name?');
  expect(site.echo.requests.at(-1)).toMatchObject({ path: '/slots', body: { day: 'Friday' } });
  await reply('Ada', 'Booked for Ada.');
  await page.getByText('Completed', { exact: true }).waitFor();
  expect(await said()).toEqual([
    'Good day! For which day?',
    'Friday',
    'Nine is free. Your name?',
    'Ada',
    'See you!',
    'Booked for Ada.',
  ]);
});

it('what calls an integration calls its copy where both are pasted', async () => {
  const tools = [
    { kind: 'integration', node: 'slots', name: 'free_times', description: 'Free times' },
  ];
  const flow = booking();
  const nodes = flow.nodes.map((one) =>
    one.id === 'lead' ? { ...one, data: { prompt: 'Hi', tools } } : one,
  );
  const saved = await page.request.post('/api/workflows', { data: { ...flow, nodes } });
  ({ id: flowId } = (await saved.json()) as { id: string });
  await page.goto(`/flows/${flowId}`);
  await card('lead').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  type Ai = { id: string; data: { tools?: { node: string }[] } };
  let copies: Ai[] = [];
  await until('the copies to be saved', async () => {
    const answer = await page.request.get(`/api/workflows/${flowId}`);
    const all = ((await answer.json()) as { nodes: (Ai & { type: string })[] }).nodes;
    copies = all.filter(({ type, id }) => type === 'ai' && id !== 'lead');
    const ids = all.filter(({ type }) => type === 'integration').map(({ id }) => id);
    return copies.length === 1 && ids.includes(copies[0]?.data.tools?.[0]?.node ?? '');
  });
  expect(copies[0]?.data.tools?.[0]?.node).not.toBe('slots');
});
