import type { RunSnapshot } from '@crmflow/contracts';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { node, row, say } from '../support/flows.js';
import { type Away, holdApiDown } from '../support/hold-down.js';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';
import { useBrowser } from './browser.js';

const chunks = 12;
const words = Array.from({ length: 60 }, (_, index) => `token${index}`);
const answer = words.join(' ');

const site = useInstallation();
const browser = useBrowser(site);
let page: Page;
let away: Away | undefined;
/** What the model may send so far. */
let allowed: number;
/** The answers that stood in the chat with a frame of the page, each other than the one before. */
let painted: string[][];
/** How often the page was told that it follows a run. */
let joins: number;

beforeAll(() => {
  site.gemini.behave({
    answer: () => answer,
    chunks,
    gap: async (chunk) => {
      await until(`leave for chunk ${chunk}`, () => chunk < allowed, { timeoutMs: 110_000 });
    },
  });
});

/** Reports with each frame what the answers in the chat are. */
function reportAnswers() {
  const { report } = window as unknown as { report: (answers: string[]) => void };
  let last = '';
  const look = () => {
    const bubbles = document.querySelectorAll('.message.ai .bubble:not(:has(.typing))');
    const answers = [...bubbles].map((bubble) => bubble.textContent ?? '');
    if (JSON.stringify(answers) !== last) report(answers);
    last = JSON.stringify(answers);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

beforeEach(async () => {
  allowed = 0;
  painted = [];
  joins = 0;
  ({ page } = browser.tab);
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (/^43\d+\[\{"ok":true.*"snapshot"/.test(String(payload))) joins += 1;
    }),
  );
  await page.exposeFunction('report', (answers: string[]) => void painted.push(answers));
  await page.addInitScript(reportAnswers);
});

afterEach(async () => {
  allowed = chunks;
  await away?.back();
  away = undefined;
});

/** The words of chunks, by how many of them came. */
const written = (count: number) =>
  answer
    .slice(0, Math.ceil(answer.length / chunks) * count)
    .split(' ')
    .slice(0, -1);
/** Waits for the last whole word of so many chunks. */
const showsOf = (count: number) =>
  page.locator('.message.ai .bubble', { hasText: written(count).at(-1) ?? '' }).waitFor();

async function startTest(): Promise<void> {
  const draft = row([node('think', 'ai', { prompt: 'Count' }), say('bye', 'Goodbye')]);
  const created = await page.request.post('/api/workflows', { data: draft });
  expect(created.status()).toBe(201);
  const { id } = (await created.json()) as { id: string };
  await page.goto(`/flows/${id}`);
  await page.getByRole('tab', { name: 'Test run' }).click();
  await page.getByRole('button', { name: 'Start test' }).click();
}

/** Waits until the page follows the run again, after what it does now. */
async function joinsAfter(act: () => Promise<unknown>): Promise<void> {
  const before = joins;
  await act();
  await until('the page to follow the run', () => joins > before, { timeoutMs: 60_000 });
}

/** Waits for the end, and holds what was shown meanwhile against what was sent. */
async function endsRight(): Promise<void> {
  await page.locator('.messages .bubble', { hasText: 'Goodbye' }).waitFor();
  await page.getByText('Completed', { exact: true }).waitFor();
  const bubbles = page.locator('.messages .bubble');
  expect(await bubbles.allInnerTexts()).toEqual([answer, 'Goodbye']);
  expect(await page.locator('.card-node.run-done', { hasText: 'think' }).count()).toBe(1);
  const runs = (await (await page.request.get('/api/runs')).json()) as {
    items: { runId: string }[];
  };
  const run = await page.request.get(`/api/runs/${runs.items[0]?.runId}`);
  const { messages } = (await run.json()) as RunSnapshot;
  expect(messages.map(({ text }) => text)).toEqual([answer, 'Goodbye']);
}

/**
 * No token is there twice or in another's place, and none is taken back but by a page that came
 * anew; an ellipsis stands for those that were missed.
 */
function expectGrowth(pages: string[][][]): void {
  for (const frames of pages) {
    let shown: string[] = [];
    for (const answers of frames) {
      expect(answers.length).toBeLessThanOrEqual(1);
      const parts = (answers[0] ?? '').split(/ ?… /);
      let from = 0;
      for (const part of parts) {
        expect(answer.slice(from)).toContain(part);
        from = answer.indexOf(part, from) + part.length;
      }
      const tokens = parts.flatMap((part) => part.match(/token\d+(?= )/g) ?? []);
      expect(new Set(tokens).size).toBe(tokens.length);
      expect(tokens).toEqual(expect.arrayContaining(shown));
      shown = tokens;
    }
  }
}

it('an API that is killed amid an answer takes no token away, brings none twice, and the test ends', async () => {
  await startTest();
  allowed = 4;
  await showsOf(4);
  away = await holdApiDown(site.system);
  await page.getByText('Connection lost.').waitFor();
  await joinsAfter(away.back);
  await showsOf(4);
  allowed = 7;
  await showsOf(7);

  away = await holdApiDown(site.system);
  await page.getByText('Connection lost.').waitFor();
  allowed = 9;
  await joinsAfter(away.back);
  await showsOf(7);
  allowed = 11;
  await showsOf(11);
  allowed = chunks;
  await endsRight();
  expectGrowth([painted]);
  expect(site.asked('Count')).toHaveLength(1);
});

it('a reload amid an answer loses nothing of it, and brings nothing twice', async () => {
  const before = site.asked('Count').length;
  await startTest();
  allowed = 5;
  await showsOf(5);
  const first = painted;
  painted = [];
  await joinsAfter(() => page.reload());
  await page.locator('.card-node.run-active', { hasText: 'think' }).waitFor();
  allowed = 8;
  await showsOf(8);
  allowed = chunks;
  await endsRight();
  expectGrowth([first, painted]);
  expect(site.asked('Count')).toHaveLength(before + 1);
});
