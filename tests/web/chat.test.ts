import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';
import { planFlow } from './plan-flow.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });
let page: Page;

beforeAll(() => {
  site.gemini.behave({ chunks: 5 });
});

beforeEach(() => {
  ({ page } = browser.tab);
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();
const said = () => page.locator('.messages .bubble').allInnerTexts();

async function register(email = `${randomUUID()}@example.com`) {
  await page.goto('/');
  await press('Create an account');
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await press('Create an account');
  await see('No flows yet');
  return email;
}

async function importPlans() {
  await press('Import JSON');
  await page.getByLabel('Flow as JSON').fill(JSON.stringify(planFlow(site.echo.url)));
  await press('Import');
  await page.getByRole('heading', { name: 'Plans' }).waitFor();
}

async function tryPlans(): Promise<string> {
  await press('Try Plans');
  await page.waitForURL(/\/runs\//);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/** Lets each answer of the model stop after two chunks until it is told to go on. */
function holdAnswers(): { goOn: () => void } {
  let goOn: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (goOn = resolve));
  site.gemini.behave({ chunks: 5, gap: (chunk) => (chunk === 2 ? told : undefined) });
  return { goOn };
}

describe('an account in the browser', () => {
  it('says what is wrong at its field, signs up, out and in again, and keeps the address', async () => {
    await page.goto('/runs/run-of-somebody');
    await press('Sign in');
    await see('Enter your email address');
    await page.getByLabel('Email address').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await press('Sign in');
    await see('The email address or password is incorrect.');
    await press('Create an account');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await press('Create an account');
    await see('Must have at least 8 characters');

    const email = await register();
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await press('Create an account');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await press('Create an account');
    await see('This email address already has an account.');
    await press('Sign in');
    await page.goto('/runs/run-of-somebody');
    await page.getByLabel('Email address').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await press('Sign in');
    await see('Page not found');
    await page.getByRole('link', { name: 'Go to your flows' }).click();
    await see('No flows yet');
  });
});

describe('a conversation in the browser', () => {
  it('survives a reload amid an answer and a killed API, and ends exactly right', async () => {
    await register();
    await press('Import JSON');
    await page
      .getByLabel('Flow as JSON')
      .fill('{"name": "x", "nodes": [{"id": "a", "type": "y"}]}');
    await press('Import');
    await page.getByRole('alert').getByText('nodes[0].type').waitFor();
    await press('Cancel');
    await importPlans();

    const { goOn } = holdAnswers();
    const runId = await tryPlans();
    await press('Professional');
    await page.locator('.message.ai .caret').waitFor();
    await page.locator('.status').getByText('Writing a reply').waitFor();
    await page.reload();
    await see('Which plan?');
    goOn();
    await see('How many seats?');
    const answer = 'Explain the pro plan at length';
    await until('the whole answer', async () => (await said())[2]?.includes(answer));

    await site.system.kill('api');
    await see('Connection lost.');
    await page.getByRole('textbox', { name: 'Enter a number' }).fill('12');
    await page.keyboard.press('Enter');
    await see('Offline. Sends when you reconnect');
    await see('This run has ended.');
    await page.locator('.status').getByText('Completed').waitFor();
    expect(await said()).toEqual([
      'Which plan?',
      'Professional',
      expect.stringContaining(answer),
      'How many seats?',
      '12',
      '12 seats it is.',
    ]);
    expect(await page.locator('.message.pending').count()).toBe(0);
    expect(site.echo.countOf(`${runId}:order:1`)).toBe(1);

    await press('Event log');
    const rows = page.locator('.events .seq');
    await page.locator('.events').getByText('run.finished').waitFor();
    await page.locator('.events').getByText('run.started').waitFor();
    const numbers = (await rows.allInnerTexts()).map(Number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers.length).toBeGreaterThan(20);
  });

  it('shows why a call is tried again, and that a run was cancelled; another one starts', async () => {
    await register();
    await importPlans();
    site.gemini.behave({ handle: () => ({ kind: 'error', status: 503, message: 'overloaded' }) });
    const runId = await tryPlans();
    await press('Professional');
    await see(/Attempt \d failed\. Next attempt at/);
    await press('Cancel run');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel run' }).click();
    await page.locator('.status').getByText('Cancelled').waitFor();
    site.gemini.behave({ chunks: 5 });
    await press('Run again');
    await page.waitForURL((url) => !url.pathname.endsWith(runId));
    await press('Free');
    await page.locator('.status').getByText('Failed').waitFor();
  });

  it('can be had by keyboard alone', async () => {
    site.gemini.behave({ answer: () => 'Four short lines.', chunks: 2 });
    await page.goto('/');
    const tabTo = async (name: string | RegExp) => {
      const target = page.getByRole('button', { name }).first();
      await target.waitFor();
      await until(`the focus on ${String(name)}`, async () => {
        if (await target.evaluate((element) => element === document.activeElement)) return true;
        await page.keyboard.press('Tab');
        return false;
      });
      await page.keyboard.press('Enter');
    };
    await tabTo('Create an account');
    await until('the focus on the address', () =>
      page.getByLabel('Email').evaluate((element) => element === document.activeElement),
    );
    await page.keyboard.type(`${randomUUID()}@example.com`);
    await page.keyboard.press('Tab');
    await page.keyboard.type('correct horse battery');
    await page.keyboard.press('Enter');
    await tabTo('Create an example flow');
    await tabTo(/^Try Example/);
    await tabTo('A short poem');
    await see('How many stars');
    await page.getByRole('textbox', { name: 'Enter a number' }).waitFor();
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await see('Thank you, and goodbye!');
    expect((await said()).slice(1, 3)).toEqual(['A short poem', 'Four short lines.']);
  });

  it('says where a run is paused, and lets it go on, once for each click', async () => {
    await register();
    await importPlans();
    const flows = (await (await page.request.get('/api/workflows')).json()) as {
      items: { id: string }[];
    };
    const started = await page.request.post(`/api/workflows/${flows.items[0]?.id}/runs`, {
      data: { version: 'draft', mode: 'step', pausePoints: ['which', 'howMany'] },
    });
    const { runId } = (await started.json()) as { runId: string };
    await page.goto(`/runs/${runId}`);
    await see('Paused before “Start”');
    await press('Continue');
    await see('Which plan?');
    await press('Professional');
    await see('Paused before “Which”');
    await page.reload();
    await see('Paused before “Which”');
    await page.getByRole('button', { name: 'Continue', exact: true }).dblclick();
    await see('Paused before “How many”');
    expect(await page.getByRole('alert').count()).toBe(0);
    await press('Continue');
    await see('How many seats?');
  });
});
