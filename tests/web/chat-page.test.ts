import { SignJWT } from 'jose';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { ask, node, row, say } from '../support/flows.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { deployChat } from '../support/visitor.js';
import { violationsOf } from './axe.js';
import { useBrowser } from './browser.js';

const site = useInstallation();
const browser = useBrowser(site, { as: 'nobody' });
let page: Page;
let context: BrowserContext;

beforeEach(() => {
  ({ page, context } = browser.tab);
});

/** Waits for the first word, answers by the model, offers a choice, and ends. */
const shop = () =>
  row([
    ask('question'),
    node('think', 'ai', { prompt: 'Explain {{ vars.question }}', output: 'message' }),
    say('which', 'Which size?'),
    ask('size', {
      expect: 'choice',
      choices: ['Small', 'Medium', 'Large'].map((label) => ({ value: label, label })),
    }),
    say('bye', 'See https://example.com/help.'),
  ]);

const greeter = () => row([say('hello', 'Welcome aboard!'), ask('name'), say('bye', 'Bye.')]);

const deploy = (draft: ReturnType<typeof row>, settings: object = {}) =>
  deployChat(site.client, draft, {
    ...{ title: 'Harbour', welcome: 'Ask us anything.', domains: [site.web.host] },
    ...settings,
  });

type Where = Page | FrameLocator;

const field = (where: Where) => where.locator('.field');
const bubbles = (where: Where) => where.locator('.log .bubble:not(.dots)');

async function write(where: Where, text: string): Promise<void> {
  await field(where).fill(text);
  await field(where).press('Enter');
}

/** Waits until this is what was said. */
const shows = (where: Where, ...said: string[]) =>
  expect.poll(() => bubbles(where).allInnerTexts(), { timeout: 30_000 }).toEqual(said);

/** What is kept of chats on the device, without the chat's address. */
const keptOn = (where: Page): Promise<string[]> =>
  where.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('crmflow.chat.'))
      .map((key) => key.replace(/^.*\./, ''))
      .sort(),
  );

/** A page of another origin that allows our scripts and frames, and no styles at all. */
function putSite(attributes: string, path = '/shop'): string {
  const { url } = site.system;
  site.web.put(path, (response) => {
    response.writeHead(200, {
      'content-type': 'text/html',
      'content-security-policy': `default-src 'none'; script-src ${url}; frame-src ${url}`,
    });
    response.end(`<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1>
      <div id="here"></div><script src="${url}/embed/v1.js" ${attributes} async></script>`);
  });
  return site.web.url + path;
}

describe('the page of a chat', () => {
  it('works for a chat that asks for proof of work', async () => {
    const { slug } = await deploy(shop(), { proofOfWork: 'always' });
    const refused: number[] = [];
    page.on('response', (response) => {
      if (response.status() === 403) refused.push(response.status());
    });
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    await shows(page, 'fares', 'Answer to Explain fares', 'Which size?');
    // Of the visitor, and of the conversation.
    expect(refused.length).toBe(2);
  });

  it('goes from the welcome to the end, is there after a reload, and begins again', async () => {
    const { slug } = await deploy(shop());
    await page.goto(`/c/${slug}`);
    await page.getByText('Ask us anything.').waitFor();
    expect(await page.title()).toBe('Harbour');
    expect(await keptOn(page)).toEqual([]);
    await write(page, 'fares');
    const asked = ['fares', 'Answer to Explain fares', 'Which size?'];
    await shows(page, ...asked);
    expect(await keptOn(page)).toEqual(['conversation', 'token']);
    expect(await context.cookies()).toEqual([]);

    await page.reload();
    await shows(page, ...asked);
    const first = page.getByRole('button', { name: 'Small' });
    await first.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await shows(page, ...asked, 'Large', 'See https://example.com/help.');
    const link = page.getByRole('link', { name: 'https://example.com/help' });
    expect(await link.getAttribute('rel')).toContain('noopener');

    await page.getByRole('radio', { name: '4 of 5' }).check({ force: true });
    await page.getByRole('button', { name: 'Send rating' }).click();
    await page.getByText('Thank you for your rating.').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await shows(page);
    await write(page, 'refunds');
    await shows(page, 'refunds', 'Answer to Explain refunds', 'Which size?');
  });

  it('shows an answer as it is written, and reads it out once', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const followed = page.waitForResponse(
      (response) => response.request().headers()['accept'] === 'text/event-stream',
    );
    site.onPrompt('Explain tides', () => ({
      ...{ kind: 'answer', text: '', chunks: ['Twice ', 'a ', 'day.'] },
      gap: async (chunk) => void (await (chunk === 0 ? followed : released)),
    }));
    const { slug } = await deploy(shop());
    await page.goto(`/c/${slug}`);
    await write(page, 'tides');
    await page.locator('.written[aria-hidden=true]', { hasText: 'Twice' }).waitFor();
    expect(await page.getByRole('log').getAttribute('aria-busy')).toBe('true');
    release();
    await shows(page, 'tides', 'Twice a day.', 'Which size?');
    expect(await page.locator('.written').count()).toBe(0);
    expect(await page.getByRole('log').getAttribute('aria-busy')).toBe('false');
  });

  it('begins by a button where the flow speaks first, with consent', async () => {
    const consent = { text: 'We keep what you write.', version: '1' };
    const { slug } = await deploy(greeter(), { consent });
    await page.goto(`/c/${slug}`);
    await page.getByText('We keep what you write.').waitFor();
    expect(await keptOn(page)).toEqual([]);
    await page.getByRole('button', { name: 'Agree and start' }).click();
    await shows(page, 'Welcome aboard!');
  });

  it('asks for consent with the first message, which is not lost', async () => {
    const { slug } = await deploy(shop(), { consent: { text: 'We keep it.', version: '1' } });
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await field(page).inputValue()).toBe('fares');
    expect(await keptOn(page)).toEqual([]);
    await field(page).press('Enter');
    await page.getByRole('button', { name: 'Agree and send' }).click();
    await shows(page, 'fares', 'Answer to Explain fares', 'Which size?');
  });

  it('keeps what is written without a connection, and sends it once', async () => {
    const { slug } = await deploy(shop());
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    await page.getByRole('button', { name: 'Large' }).waitFor();
    await context.setOffline(true);
    await write(page, 'Medium');
    await page.getByText('Sends when you’re back online').waitFor();
    await page.getByText('You’re offline.').waitFor();
    await context.setOffline(false);
    const said = ['fares', 'Answer to Explain fares', 'Which size?', 'Medium'];
    await shows(page, ...said, 'See https://example.com/help.');
    await page.getByText('You’re offline.').waitFor({ state: 'detached' });
  });

  it('has one tab follow the conversation for all, and another after it', async () => {
    const { slug } = await deploy(shop());
    // A tab whose stream broke asks again.
    const leading = new Set<Page>();
    context.on('request', (request) => {
      if (request.headers()['accept'] === 'text/event-stream') leading.add(request.frame().page());
    });
    const tabs = [page, await context.newPage(), await context.newPage()];
    for (const one of tabs) await one.goto(`/c/${slug}`);
    await write(page, 'fares');
    const asked = ['fares', 'Answer to Explain fares', 'Which size?'];
    for (const one of tabs) await shows(one, ...asked);
    expect(leading.size).toBe(1);
    const [leader] = leading;
    await leader?.close();
    const [writer, reader] = tabs.filter((one) => one !== leader) as [Page, Page];
    await write(writer, 'Small');
    for (const one of [writer, reader]) {
      await shows(one, ...asked, 'Small', 'See https://example.com/help.');
    }
    expect(leading.size).toBe(2);
  });

  it('begins one conversation where a second tab is opened before the first has begun', async () => {
    const { slug } = await deploy(shop());
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const begun: string[] = [];
    await context.route('**/conversations', async (route) => {
      begun.push(route.request().method());
      await released;
      await route.continue();
    });
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    const second = await context.newPage();
    await second.goto(`/c/${slug}`);
    await second.getByText('fares').waitFor();
    await expect.poll(() => begun).toEqual(['POST']);
    release();
    const asked = ['fares', 'Answer to Explain fares', 'Which size?'];
    for (const one of [page, second]) await shows(one, ...asked);
    await write(second, 'Small');
    await shows(page, ...asked, 'Small', 'See https://example.com/help.');
    expect(begun).toEqual(['POST']);
  });

  it('goes back to an earlier conversation, which continues', async () => {
    const { slug } = await deploy(shop());
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    const first = ['fares', 'Answer to Explain fares', 'Which size?'];
    await shows(page, ...first);
    const menu = async (name: string) => {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name }).click();
    };
    await menu('Earlier conversations');
    await page.getByText('None yet').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await menu('Start again');
    await write(page, 'refunds');
    const second = ['refunds', 'Answer to Explain refunds', 'Which size?'];
    await shows(page, ...second);
    await menu('Earlier conversations');
    const past = page.getByRole('dialog', { name: 'Earlier conversations' });
    await past.getByRole('listitem').getByText('Which size?').waitFor();
    expect(await violationsOf(page, 'earlier conversations')).toEqual([]);
    await past.getByRole('listitem').getByRole('button').click();
    await shows(page, ...first);
    await page.getByRole('button', { name: 'Large' }).click();
    await shows(page, ...first, 'Large', 'See https://example.com/help.');
    await page.reload();
    await shows(page, ...first, 'Large', 'See https://example.com/help.');
  });

  it('hands out what is stored, and deletes it', async () => {
    const { slug } = await deploy(shop());
    await page.goto(`/c/${slug}`);
    await write(page, 'fares');
    await page.getByRole('button', { name: 'Large' }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download my data' }).click();
    expect((await download).suggestedFilename()).toBe('my-conversations.json');
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Delete my data' }).click();
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await page.getByText('Your data has been deleted.').waitFor();
    expect(await keptOn(page)).toEqual([]);
  });

  it('says what is wrong', async () => {
    await page.goto('/c/there-is-none');
    await page.getByText('There’s no chat at this address.').waitFor();
    const { id, slug } = await deploy(shop());
    await site.client.call('PATCH', `/api/deployments/${id}`, { enabled: false });
    await page.goto(`/c/${slug}?lang=de`);
    await page.getByText('Dieser Chat pausiert gerade.').waitFor();
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { slug } = await deploy(shop(), { colour: '#ffd400' });
    await page.goto(`/c/${slug}`);
    await field(page).waitFor();
    const found = await violationsOf(page, 'welcome');
    await write(page, 'fares');
    await page.getByRole('button', { name: 'Large' }).waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    found.push(...(await violationsOf(page, 'choices and menu')));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Large' }).click();
    await page.getByRole('radio', { name: '4 of 5' }).check({ force: true });
    found.push(...(await violationsOf(page, 'the end')));
    expect(found).toEqual([]);
  });
});

describe('a chat on another site', () => {
  const inFrame = () => page.frameLocator('iframe');

  it('is a bubble that loads nothing before it is opened', async () => {
    const { slug } = await deploy(shop());
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(putSite(`data-chat="${slug}" data-position="left"`));
    const button = page.getByRole('button', { name: 'Open chat' });
    await button.waitFor();
    expect(asked.filter((path) => path !== '/shop')).toEqual(['/embed/v1.js']);
    await button.click();
    await field(inFrame()).waitFor();
    await page.keyboard.type('fares');
    expect(await keptOn(page)).toEqual([]);
    await page.keyboard.press('Enter');
    const said = ['fares', 'Answer to Explain fares', 'Which size?'];
    await shows(inFrame(), ...said);
    expect(await keptOn(page)).toEqual(['conversation', 'token']);

    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'hidden' });
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.reload();
    await button.click();
    await shows(inFrame(), ...said);
  });

  it('starts by itself when it is opened, where the flow speaks first', async () => {
    const { slug } = await deploy(greeter());
    await page.goto(putSite(`data-chat="${slug}"`));
    await page.getByRole('button', { name: 'Open chat' }).click();
    await shows(inFrame(), 'Welcome aboard!');
    await page.getByRole('button', { name: 'Close chat' }).last().click();
    await page.getByRole('button', { name: 'Open chat' }).waitFor();
  });

  it('stands in the page, where the site wants it', async () => {
    const { slug } = await deploy(shop());
    await page.goto(putSite(`data-chat="${slug}" data-mode="inline" data-target="#here"`));
    await write(inFrame(), 'fares');
    await shows(inFrame(), 'fares', 'Answer to Explain fares', 'Which size?');
    const isThere = await page.evaluate(
      () => document.querySelector('#here')?.firstElementChild?.shadowRoot !== null,
    );
    expect(isThere).toBe(true);
  });

  it('is a dialog that the site opens, listens to and removes', async () => {
    const { slug } = await deploy(shop());
    await page.goto(putSite(`data-chat="${slug}" data-mode="popup"`));
    await page.waitForFunction(() => window.CRMFlow !== undefined);
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      for (const name of ['open', 'ready', 'started', 'message', 'close'] as const) {
        window.CRMFlow?.on(name, () => told.push(name));
      }
      window.CRMFlow?.open();
    });
    await write(inFrame(), 'fares');
    await shows(inFrame(), 'fares', 'Answer to Explain fares', 'Which size?');
    await field(inFrame()).press('Escape');
    await page.locator('dialog').waitFor({ state: 'hidden' });
    const told = await page.evaluate(() => (window as unknown as { told: string[] }).told);
    expect(told).toEqual(['open', 'ready', 'started', 'message', 'message', 'close']);
    await page.evaluate(() => window.CRMFlow?.reset());
    expect(await keptOn(page)).toEqual([]);
    await page.evaluate(() => window.CRMFlow?.destroy());
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('counts what came while it was closed', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    site.onPrompt('Explain moorings', () => ({
      ...{ kind: 'answer', text: '', chunks: ['Two lines.'], gap: () => released },
    }));
    const { slug } = await deploy(shop());
    await page.goto(putSite(`data-chat="${slug}"`));
    await page.getByRole('button', { name: 'Open chat' }).click();
    await write(inFrame(), 'moorings');
    await shows(inFrame(), 'moorings');
    await field(inFrame()).press('Escape');
    release();
    await page.getByRole('button', { name: 'Open chat, 2 unread' }).click();
    await shows(inFrame(), 'moorings', 'Two lines.', 'Which size?');
    expect(await page.locator('.badge').textContent()).toBe('');
  });

  it('is for customers of the site alone, where it is set so', async () => {
    const secret = 'a-secret-of-the-site-that-is-long-enough';
    const { slug } = await deploy(shop(), { identity: 'required', secrets: [secret] });
    await page.goto(putSite(`data-chat="${slug}" data-mode="inline"`));
    await inFrame().getByText('Please sign in on this site to chat.').waitFor();
    const identity = await new SignJWT({ sub: 'customer-1', name: 'Ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('10m')
      .sign(new TextEncoder().encode(secret));
    await page.evaluate((jwt) => window.CRMFlow?.identify('not' + jwt), identity);
    await inFrame().getByText('We couldn’t confirm who you are.').waitFor();
    await page.evaluate((jwt) => window.CRMFlow?.identify(jwt), identity);
    await write(inFrame(), 'fares');
    await shows(inFrame(), 'fares', 'Answer to Explain fares', 'Which size?');
    await page.evaluate(() => window.CRMFlow?.reset());
    await inFrame().getByText('Please sign in on this site to chat.').waitFor();
    await page.evaluate((jwt) => window.CRMFlow?.identify(jwt), identity);
    await shows(inFrame(), 'fares', 'Answer to Explain fares', 'Which size?');
  });

  it('is not shown by a site that is not listed', async () => {
    const { slug } = await deploy(shop(), { domains: ['example.com'] });
    await page.goto(putSite(`data-chat="${slug}" data-mode="inline"`));
    await until('the refusal', () => browser.tab.faults.length > 0);
    expect(browser.tab.faults.splice(0).join()).toContain('frame-ancestors');
  });
});
