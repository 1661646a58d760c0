import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execute } from './command.mjs';
import { installOfDebian } from './debian.mjs';
import { findOnPath, isProgram } from './programs.mjs';
import { BootError, log, step } from './log.mjs';

const require = createRequire(import.meta.url);

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const installed = () => names.map(findOnPath).find(Boolean) ?? usualPlaces.find(isProgram);

async function ofPlaywright() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return isProgram(path) ? path : undefined;
}

async function downloadOfPlaywright() {
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  await execute(process.execPath, [cli, 'install', 'chromium'], { what: 'The download' });
}

/**
 * A Chromium for the tests: named, installed, Playwright's own, or one that is installed now.
 * @returns {Promise<string>} the program
 * @throws {BootError} that says how to get one
 */
export async function findChromium() {
  const named = process.env.CRMFLOW_CHROMIUM;
  if (named) {
    if (isProgram(named)) return named;
    throw new BootError(`CRMFLOW_CHROMIUM is set to ${named}, which is not a program.`);
  }
  const found = installed() ?? (await ofPlaywright());
  if (found) return found;
  const ways = [
    { title: 'Downloading Chromium', get: downloadOfPlaywright },
    { title: 'Installing Chromium', get: () => installOfDebian('chromium') },
  ];
  for (const { title, get } of ways) {
    try {
      await step(title, get);
      const path = installed() ?? (await ofPlaywright());
      if (path) return path;
    } catch (error) {
      if (!(error instanceof BootError)) throw error;
      log(`✗ ${title}: ${error.message.split('\n')[0]}`);
    }
  }
  throw new BootError(
    'The tests need a Chromium. Install Chromium or Google Chrome, or set CRMFLOW_CHROMIUM to its path.',
  );
}
