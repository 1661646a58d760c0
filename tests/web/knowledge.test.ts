import type { FlowInput } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, node, row } from '../support/flows.js';
import { makePdf } from '../support/make-pdf.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;

beforeAll(() => {
  site.gemini.behave({ answer: () => 'On Sundays, for two euros.' });
});

beforeEach(() => {
  ({ page } = browser.tab);
});

const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const dialog = () => page.getByRole('dialog');
const item = (name: string) => page.locator('.knowledge-row').filter({ hasText: name });
const passages = () => page.locator('.passages .passage');
const parrots = 'Parrots are let in on Sundays. A parrot costs two euros.';

async function upload(name: string, buffer: Buffer) {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/pdf', buffer });
  await item(name).waitFor();
}

const parrotPdf = () =>
  makePdf([
    { heading: 'Opening hours', text: 'The garden is open from nine to five. '.repeat(20) },
    { heading: 'Animals', text: parrots },
  ]);

async function scrape(path: string) {
  await press('Add a web page');
  await dialog().getByLabel('URL').fill(`${site.web.url}${path}`);
  await dialog().getByRole('button', { name: 'Add page' }).click();
}

async function write(question: string, answer: string) {
  await press('Add an entry');
  await dialog().getByLabel('Question', { exact: true }).fill(question);
  await dialog().getByLabel('Answer', { exact: true }).fill(answer);
  await dialog().getByRole('button', { name: 'Save entry' }).click();
  await item(question).waitFor();
}

async function tryQuestion(question: string) {
  await page.getByLabel('Ask as a customer would').fill(question);
  await press('Search');
}

const choose = async (name: string, action: string) => {
  await press(`More actions for ${name}`);
  await page.getByRole('menuitem', { name: action, exact: true }).click();
};

describe('knowledge in the browser', () => {
  it('is uploaded, scraped and written, shows what was read, and what a question finds', async () => {
    site.web.put('/help', `<title>Help</title><main><h1>Dogs</h1><p>Dogs wait outside.</p></main>`);
    await page.goto('/knowledge');
    await page.getByText('No knowledge yet').waitFor();
    await upload('garden.pdf', await parrotPdf());
    await scrape('/help');
    await write('Is there a café?', 'Yes, beside the pond.');
    await item('garden.pdf').getByText('2 pages').waitFor();
    await item('Help').getByText('1 passage').waitFor();

    await item('garden.pdf').getByRole('link').click();
    await page.getByText('Page 2', { exact: false }).first().waitFor();
    await passages().filter({ hasText: parrots }).waitFor();
    await page.getByRole('link', { name: 'All knowledge' }).click();
    await item('Help').getByRole('link').click();
    await passages().filter({ hasText: 'Dogs wait outside.' }).waitFor();
    await page.getByRole('link', { name: 'All knowledge' }).click();

    await tryQuestion('What does a parrot cost?');
    await passages().first().filter({ hasText: parrots }).waitFor();
    await passages().first().getByRole('link', { name: 'garden.pdf' }).waitFor();
  });

  it('says why a protected PDF and a page that is gone cannot be read', async () => {
    await page.goto('/knowledge');
    await upload('secret.pdf', await makePdf([{ text: parrots }], { userPassword: 'x' }));
    await item('secret.pdf')
      .getByText(/Couldn’t be indexed: .*password/)
      .waitFor();
    await scrape('/nowhere');
    await page.getByText(/Couldn’t be indexed: .*404/).waitFor();
    await press('Add a web page');
    await dialog().getByLabel('URL').fill('http://169.254.169.254/latest');
    await dialog().getByRole('button', { name: 'Add page' }).click();
    await dialog().locator('.fault, [role=alert]').first().waitFor();
  });

  it('is read again, switched off and deleted', async () => {
    site.web.put('/dogs', '<title>Dogs</title><main><p>Dogs wait outside.</p></main>');
    await page.goto('/knowledge');
    await scrape('/dogs');
    await item('Dogs').getByText('1 passage').waitFor();
    site.web.put('/dogs', '<title>Dogs</title><main><p>Dogs are welcome inside.</p></main>');
    await choose('Dogs', 'Refresh');
    await until('the new text to be found', async () => {
      await tryQuestion('Where do dogs wait or go inside?');
      return (await passages().first().innerText()).includes('welcome inside');
    });
    await page.getByRole('switch', { name: 'Use Dogs' }).uncheck();
    await item('Dogs').getByText('Off', { exact: true }).waitFor();
    await tryQuestion('Are dogs welcome?');
    await page.getByText('No passage answers this').waitFor();
    await choose('Dogs', 'Delete');
    await dialog().getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Deleted “Dogs”').waitFor();
    await item('Dogs').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('No knowledge yet').waitFor();
  });

  it('is chosen for an ai node in the studio, whose answer names its source', async () => {
    await page.goto('/knowledge');
    await upload('garden.pdf', await parrotPdf());
    await write('Is there a café?', 'Parrots may sit beside the pond.');
    await item('garden.pdf').getByText('2 pages').waitFor();
    const flow = row([ask('question'), node('answer', 'ai', { prompt: 'Answer the visitor' })]);
    const data: FlowInput = { ...flow, schemaVersion: 1, name: 'Garden' };
    const created = await page.request.post('/api/workflows', { data });
    const { id } = (await created.json()) as { id: string };
    await page.goto(`/flows/${id}`);
    await page.locator('[data-node="answer"]').click();
    const inspector = page.getByRole('complementary', { name: 'Properties' });
    await inspector.getByLabel('Use knowledge').check();
    await inspector.getByLabel('Sources', { exact: true }).selectOption('some');
    await inspector.getByRole('checkbox', { name: 'garden.pdf' }).check();
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Test run' }).click();
    await press('Start test');
    await page.getByLabel('Your message').fill('What does a parrot cost?');
    await page.keyboard.press('Enter');
    const answer = page.locator('.message.ai').filter({ hasText: 'On Sundays, for two euros.' });
    await answer
      .getByRole('list', { name: 'Sources' })
      .getByRole('link', { name: /^garden\.pdf (p\. 2|pp\. 1, 2)$/ })
      .waitFor();
    const [asked] = site.asked('Answer the visitor');
    const given = JSON.stringify(asked?.body.contents);
    expect(given).toContain('A parrot costs two euros.');
    expect(given).not.toContain('beside the pond');
  });
});
