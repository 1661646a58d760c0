// node web/tools/screenshots.mjs [address]: pictures of each page of a running installation, for docs/screenshots.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../../scripts/boot/chromium.mjs';

const [address = 'http://127.0.0.1:3001'] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

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

/** @param {import('playwright-core').Page} page @param {string | RegExp} name */
const press = (page, name) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** @param {import('playwright-core').Page} page */
async function walk(page) {
  await page.goto(address);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await shoot(page, 'sign-in');
  await press(page, 'Create an account');
  await page.getByLabel('Name').fill('Ada Lovelace');
  await page.getByLabel('E-mail address').fill(`ada-${Date.now()}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await press(page, 'Create an account');
  await page.getByText('No flow yet').waitFor();
  await shoot(page, 'no-flows');
  await press(page, 'Create an example flow');
  await page.getByRole('button', { name: /^Try / }).waitFor();
  await shoot(page, 'flows');
  await press(page, 'Import JSON');
  await page
    .getByLabel('Flow as JSON')
    .fill('{ "name": "", "nodes": [{ "id": "a" }], "edges": [] }');
  await press(page, 'Import');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'import');
  await press(page, 'Cancel');
  await page.getByRole('link', { name: /^Example/ }).click();
  await page.locator('.card-node').first().waitFor();
  await page.locator('[data-node=ask]').click();
  await page.getByLabel('Saved as').waitFor();
  await shoot(page, 'studio');
  await page.getByRole('tab', { name: 'Test' }).click();
  await press(page, 'Start a test');
  await page.getByRole('button', { name: 'A short poem' }).waitFor();
  await press(page, 'Show the whole flow');
  await shoot(page, 'studio-test');
  await press(page, 'Publish');
  await page.getByText('Version 1 is published').waitFor();
  await shoot(page, 'studio-published');
  await page.getByRole('link', { name: 'CRMFlow' }).click();
  await press(page, /^Try /);
  await page.getByRole('button', { name: 'A short poem' }).waitFor();
  await shoot(page, 'run-choices');
  await press(page, 'A short poem');
  await page.getByText('How many stars').waitFor();
  await press(page, 'Event log');
  await page.locator('.events').getByText('ai.completed').waitFor();
  await shoot(page, 'event-log');
  await press(page, 'Close event log');
  await page.getByRole('textbox', { name: 'A number' }).fill('5');
  await page.keyboard.press('Enter');
  await page.getByText('The run has ended.').waitFor();
  await shoot(page, 'run-finished');
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await walk(await browser.newPage({ viewport: sizes.desktop, locale: 'en-GB' }));
} finally {
  await browser.close();
}
