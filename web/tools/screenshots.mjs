// npm run screenshots [-- [address] [--docs]]: takes every page of a running installation into
// .cache/screenshots; --docs also replaces the few in docs/screenshots, which are in git.
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/boot/chromium.mjs';

const { values: options, positionals } = parseArgs({
  options: { docs: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [address = 'http://127.0.0.1:3001'] = positionals;
const folder = fileURLToPath(new URL('../../.cache/screenshots/', import.meta.url));
const docs = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};
const schemes = /** @type {const} */ (['light', 'dark']);

/** @param {import('playwright-core').Page} page @param {string} name */
async function shoot(page, name) {
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const path = `${folder}${name}-${size}-${colorScheme}.png`;
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      console.log(path);
    }
  }
  await page.setViewportSize(sizes.desktop);
}

/** Replaces the pictures that docs/screenshots has by those just taken. */
function updateDocs() {
  for (const name of readdirSync(docs).filter((one) => one.endsWith('.png'))) {
    copyFileSync(`${folder}${name.replace('.png', '-desktop-light.png')}`, docs + name);
  }
}

/** @param {import('playwright-core').Page} page @param {string | RegExp} name */
const press = (page, name) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** @param {import('playwright-core').Page} page @param {string} path @param {string} name what is waited for */
async function open(page, path, name) {
  await page.goto(address + path);
  await page.locator(name).first().waitFor();
}

/** @param {import('playwright-core').Page} page */
async function signIn(page) {
  await open(page, '/', 'h1');
  await shoot(page, 'sign-in');
  await press(page, 'Create an account');
  await shoot(page, 'register');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('Email address').fill(`ada-${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await press(page, 'Create an account');
  await page.getByText('No flows yet').waitFor();
  await shoot(page, 'no-flows');
}

/** An ai node that talks, and what it calls. @param {import('playwright-core').Page} page */
async function conversation(page) {
  await page.locator('.card-node.is-ai').first().click();
  await page.getByLabel('Goal', { exact: true }).waitFor();
  await shoot(page, 'studio-conversation');
}

/** @param {import('playwright-core').Page} page */
async function templates(page) {
  await open(page, '/templates', '.template-card, [data-template], main li');
  await shoot(page, 'templates');
  for (const id of ['lead-qualification', 'front-desk', 'appointment']) {
    await page.goto(`${address}/templates/template-${id}`);
    const use = page.getByRole('button', { name: 'Use template' });
    await use.waitFor();
    if (id === 'appointment') await shoot(page, 'template');
    await use.click();
    await page.locator('.card-node').first().waitFor();
    if (id === 'front-desk') await conversation(page);
  }
  await page.goto(address);
  await press(page, 'Import JSON');
  await page
    .getByLabel('Flow as JSON')
    .fill('{ "name": "", "nodes": [{ "id": "a" }], "edges": [] }');
  await press(page, 'Import');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'import');
  await press(page, 'Cancel');
}

/** @param {import('playwright-core').Page} page @returns {Promise<string>} the path of the flow */
async function studio(page) {
  await page.getByRole('link', { name: /^Appointment/ }).click();
  await page.locator('.card-node').first().waitFor();
  const path = new URL(page.url()).pathname;
  await page.locator('.card-node[data-node]').nth(2).click();
  await page.getByLabel('Save as').waitFor();
  await shoot(page, 'studio');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('time');
  await page.getByRole('option').first().waitFor();
  await shoot(page, 'studio-find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'studio-keys');
  await page.keyboard.press('Escape');
  await press(page, 'Generate with AI');
  await page.getByRole('dialog').getByRole('textbox').fill('Ask for the phone number too');
  await shoot(page, 'studio-describe');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Test run' }).click();
  await press(page, 'Start test');
  await page.locator('.card-node.run-waiting').waitFor();
  await shoot(page, 'studio-test');
  await press(page, 'Publish');
  await page.getByText('Version 1 is live. New runs use it.').waitFor();
  await shoot(page, 'studio-published');
  await press(page, 'Close');
  await press(page, 'HTTP request');
  await press(page, /error/);
  await page.locator('.issue-list button').first().waitFor();
  await shoot(page, 'studio-problems');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: 'No issues' }).waitFor();
  await page.getByText('Saved', { exact: true }).waitFor();
  return path;
}

/** @param {import('playwright-core').Page} page @param {string} flow the path of the flow */
async function runs(page, flow) {
  await page.goto(address);
  await page.getByRole('button', { name: /^Try Appointment/ }).click();
  await page
    .getByRole('button', { name: 'Send' })
    .or(page.locator('.choices button'))
    .first()
    .waitFor();
  await shoot(page, 'run-choices');
  const run = new URL(page.url()).pathname;
  await press(page, 'Event log');
  await page.locator('.events').getByText('run.started').waitFor();
  await shoot(page, 'event-log');
  await press(page, 'Close event log');
  for (const view of ['timeline', 'canvas']) {
    await open(page, `${run}?view=${view}`, view === 'canvas' ? '.card-node' : '.timeline');
    await shoot(page, `run-${view}`);
  }
  await open(page, '/runs', '.run-row');
  await shoot(page, 'runs');
  await open(page, `${flow}/versions`, '.card-node');
  await shoot(page, 'versions');
  await open(page, `${flow}/analytics`, '.figures');
  await shoot(page, 'analytics');
  await open(page, '/', '.flow');
  await shoot(page, 'flows');
}

/** @param {import('playwright-core').Page} page @param {string} flow the path of the flow */
async function sharing(page, flow) {
  await open(page, `${flow}/share`, '.empty');
  await shoot(page, 'share-empty');
  await press(page, 'Create chat page');
  await page.locator('.share-columns').waitFor();
  await shoot(page, 'chat-page');
  const chat = new URL(page.url()).pathname;
  for (const section of ['look', 'customers', 'behavior', 'general']) {
    await open(page, `${chat}/${section}`, '.share-section form');
    await shoot(page, `chat-page-${section}`);
  }
  await open(page, `${flow}/share`, '.share-row');
  await shoot(page, 'share');
  for (const list of ['conversations', 'contacts']) {
    await open(page, `/${list}`, '.empty');
    await shoot(page, `no-${list}`);
  }
}

/** @param {import('playwright-core').Page} page */
async function knowledge(page) {
  await open(page, '/knowledge', 'h1');
  await shoot(page, 'no-knowledge');
  await press(page, 'Add an entry');
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'knowledge-entry');
  await page.getByLabel('Question').last().fill('When do you open?');
  await page
    .getByLabel('Answer', { exact: true })
    .fill('We are open from Monday to Friday, 9 to 18. On Saturdays we open at 10.');
  await press(page, 'Save entry');
  await page.getByText('1 passage').waitFor();
  await page.getByRole('searchbox').or(page.getByRole('textbox')).first().fill('When do you open?');
  await press(page, 'Search');
  await page.getByText('We are open from').first().waitFor();
  await shoot(page, 'knowledge');
  await page.getByRole('link', { name: 'When do you open?' }).first().click();
  await page.getByRole('heading', { name: 'When do you open?' }).waitFor();
  await shoot(page, 'knowledge-item');
}

/** @param {import('playwright-core').Page} page */
async function settings(page) {
  for (const section of ['profile', 'personality', 'password', 'sessions', 'keys', 'appearance']) {
    await open(page, `/settings/${section}`, '.setting h1');
    await shoot(page, `settings-${section}`);
  }
  await open(page, '/nothing/here', 'h1');
  await shoot(page, 'not-found');
}

/** @param {import('playwright-core').Page} page */
async function walk(page) {
  await signIn(page);
  await templates(page);
  const flow = await studio(page);
  await runs(page, flow);
  await sharing(page, flow);
  await knowledge(page);
  await settings(page);
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await walk(await browser.newPage({ viewport: sizes.desktop, locale: 'en-GB' }));
  if (options.docs) updateDocs();
} finally {
  await browser.close();
}
