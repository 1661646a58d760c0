import type { FlowInput, FlowNodeInput } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';
import { planFlow } from './plan-flow.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let flowId: string;

beforeEach(() => {
  site.echo.behave({});
  ({ page } = browser.tab);
});

/** Saves a flow of the one who has just registered, and opens it in the studio. */
async function open(flow: FlowInput) {
  const saved = await page.request.post('/api/workflows', { data: flow });
  ({ id: flowId } = (await saved.json()) as { id: string });
  await page.goto(`/flows/${flowId}`);
  await card('start').waitFor();
}

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const card = (id: string) => page.locator(`[data-node="${id}"]`);
const inspector = () => page.getByRole('complementary', { name: 'Properties' });
const field = (name: string) => inspector().getByLabel(name, { exact: true });
const fault = (text: string) => inspector().locator('.fault, .field-issues .error').getByText(text);
const show = (panel: 'Properties' | 'Test run') => page.getByRole('tab', { name: panel }).click();

/** The data of a node as the server has it, once it is as expected. */
async function saved(id: string, data: object) {
  await until(`${id} to be saved`, async () => {
    const answer = await page.request.get(`/api/workflows/${flowId}`);
    const { nodes } = (await answer.json()) as { nodes: FlowNodeInput[] };
    const node = nodes.find((one) => one.id === id);
    return expect.objectContaining(data).asymmetricMatch(node?.data);
  });
}

describe('fields for expressions', () => {
  it('complete a variable by keyboard, and show a fault until it is mended', async () => {
    await open(planFlow(site.echo.url));
    await card('hello').click();
    const text = field('What to ask');
    await text.fill('');
    await text.pressSequentially('Hi {{ pl');
    const list = inspector().getByRole('listbox', { name: 'Suggestions' });
    await list.getByRole('option', { name: 'vars.plan' }).waitFor();
    await fault('Close {{ with }}').waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await text.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('Control+Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await text.inputValue()).toBe('Hi {{ vars.plan }}');
    await fault('Close {{ with }}').waitFor({ state: 'detached' });
    await saved('hello', { text: 'Hi {{ vars.plan }}' });

    await page.getByRole('button', { name: /^Undo/ }).click();
    expect(await text.inputValue()).toBe('Which plan?');
  });

  it('check a condition by what it can come to', async () => {
    await open(planFlow(site.echo.url));
    await card('which').click();
    const when = field('Condition (CEL)');
    await when.fill('vars.plan.siz');
    await when.press('End');
    await page.keyboard.press('Control+Space');
    await page.keyboard.press('Tab');
    expect(await when.inputValue()).toBe('vars.plan.size()');
    await fault('must be true or false').waitFor();
    await when.pressSequentially(' > 2');
    await fault('must be true or false').waitFor({ state: 'detached' });
    await saved('which', { cases: [{ handle: 'pro', when: 'vars.plan.size() > 2' }] });
  });
});

it('describes a structured answer by fields or as JSON, without loss', async () => {
  await open(planFlow(site.echo.url));
  await card('explain').click();
  await field('Save the response as').selectOption('variable');
  await field('Save as').fill('lead');
  await field('Structured response').check();
  await field('Field name').fill('score');
  await field('Type').selectOption('whole');
  await field('Description for the AI').fill('From 0 to 10');
  await press('Add a field');
  await field('Field name').nth(1).fill('tags');
  await field('Type').nth(1).selectOption('list');
  await field('Required').nth(1).uncheck();
  const schema = {
    type: 'object',
    properties: {
      score: { type: 'integer', description: 'From 0 to 10' },
      tags: { type: 'array', items: { type: 'string' } },
    },
    required: ['score'],
  };
  await saved('explain', { schema });

  await page.getByRole('tab', { name: 'JSON', exact: true }).click();
  const bounded = { ...schema, properties: { ...schema.properties, score: { type: 'whole' } } };
  await field('JSON Schema').fill(JSON.stringify(bounded));
  await fault('Use one of the types object').waitFor();
  bounded.properties.score = { type: 'integer', maximum: 10 } as { type: string };
  await field('JSON Schema').fill(JSON.stringify(bounded));
  await fault('Use one of the types object').waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Fields' }).click();
  await field('Field name').first().fill('points');
  const { score, tags } = bounded.properties;
  await saved('explain', {
    schema: { ...schema, properties: { points: score, tags }, required: ['points'] },
  });
});

describe('an integration node', () => {
  it('is tried from its form, and its answer saved as a variable', async () => {
    await open(planFlow(site.echo.url));
    await card('order').click();
    await press('Try it');
    await field('vars.plan').fill('pro');
    await press('Send');
    const answer = page.getByRole('region', { name: 'Response', exact: true });
    await answer.getByText('200').waitFor();
    await answer.getByText('"/orders"').waitFor();
    expect(site.echo.requests.at(-1)).toMatchObject({ path: '/orders', body: { plan: 'pro' } });
    await press('Save responses as vars.answer');
    expect(await field('Save as').inputValue()).toBe('answer');
    await saved('order', { saveAs: 'answer' });

    await field('URL').fill('http://169.254.169.254/latest');
    await press('Send');
    await page.getByRole('alert').getByText('169.254.169.254').waitFor();
  });

  it('warns of a host that requests may not reach, unless the administrator allows it', async () => {
    await open(planFlow('http://10.0.0.7'));
    await card('order').click();
    const warning = inspector().locator('.field-issues .warning');
    await warning.getByText('Requests to 10.0.0.7:80 are blocked').waitFor();
    await field('URL').fill(`${site.echo.url}/orders`);
    await warning.waitFor({ state: 'detached' });
    await field('URL').fill('http://10.0.0.8/orders');
    await warning.getByText('Requests to 10.0.0.8:80 are blocked').waitFor();
  });

  it('takes a stored key by its name, and says where that may not go', async () => {
    const hosts = ['api.example.com'];
    await page.request.post('/api/keys', { data: { service: 'crm', key: '0123456789', hosts } });
    await open(planFlow(site.echo.url));
    await card('order').click();
    await field('Stored key').selectOption('crm');
    await fault('api.example.com').waitFor();
    await field('URL').fill('https://api.example.com/orders');
    await fault('api.example.com').waitFor({ state: 'detached' });
    await field('Send as').selectOption('header');
    await field('Header').fill('X-Key');
    await saved('order', { auth: { secret: 'crm', in: 'header', name: 'X-Key' } });
  });
});

describe('a live test', () => {
  /** Without the model: from the choice to the order. */
  const short = () => {
    const flow = planFlow(site.echo.url);
    const edges = flow.edges.filter(({ source }) => !['which', 'explain'].includes(source));
    const past = { id: 'past', source: 'which', sourceHandle: 'pro', target: 'order' };
    return {
      ...flow,
      edges: [...edges, past],
      nodes: flow.nodes.filter((n) => n.id !== 'explain'),
    };
  };

  it('pauses before the nodes that one marks, which the device remembers', async () => {
    await open(short());
    await card('order').click();
    await field('Pause tests before this node').check();
    await page.reload();
    await card('order').locator('.card-pause[aria-pressed="true"]').waitFor();
    await show('Test run');
    await press('Start test');
    await press('Professional');
    await page.getByText('Paused before “Order”').waitFor();
    await card('order').and(page.locator('.run-paused')).waitFor();
    await press('Variables');
    await page.locator('.test-variables').getByText('pro', { exact: true }).waitFor();
    await show('Properties');
    await card('bye').click();
    await field('Pause tests before this node').check();
    await show('Test run');
    await press('Continue');
    await page.getByRole('textbox', { name: 'Enter a number' }).fill('3');
    await page.keyboard.press('Enter');
    await page.getByText('Paused before “Bye”').waitFor();
    await press('Continue');
    await page.getByText('3 seats it is.').waitFor();
    await press('Log');
    await page.locator('.events').getByText('run.finished').waitFor();
  });

  it('retries what failed, and shows earlier runs again', async () => {
    site.echo.behave({ handle: () => ({ status: 404, body: 'not yet' }) });
    await open(short());
    await show('Test run');
    await press('Start test');
    await press('Professional');
    await card('order').and(page.locator('.run-failed')).waitFor();
    site.echo.behave({});
    await press('Retry this node');
    await page.getByRole('textbox', { name: 'Enter a number' }).waitFor();
    await press('Close this run');
    await page.getByRole('button', { name: /^Show the run from .*: Waiting/ }).click();
    await page.locator('.bubble').getByText('How many seats?').waitFor();
    await press('Stop');
    await page.getByText('Cancelled').first().waitFor();
    await press('Run again');
    await press('Professional');
    await page.locator('.bubble').getByText('How many seats?').waitFor();
  });
});

it('fills in a request from a cURL command, without its key, and takes that back', async () => {
  await open(planFlow(site.echo.url));
  await card('order').click();
  await press('Import cURL');
  await field('cURL command').fill(
    `curl -X PUT 'https://api.example.com/people?page=2' -H 'Authorization: Bearer abc123' --json '{"name": "Ada"}'`,
  );
  await press('Import');
  await inspector().getByText('Keys and passwords were left out.').waitFor();
  await saved('order', {
    ...{ kind: 'http', method: 'PUT', url: 'https://api.example.com/people' },
    ...{ query: { page: '2' }, headers: {}, body: { name: 'Ada' } },
    auth: { in: 'bearer', secret: '' },
  });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await saved('order', { method: 'POST', url: `${site.echo.url}/orders` });
});
