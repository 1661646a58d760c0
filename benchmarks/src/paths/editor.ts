import { chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/boot/chromium.mjs';
import { kinds, type Sample, visit } from '../../editor/sample.js';
import { servePages } from '../../editor/serve.js';
import { median } from '../measure.js';
import type { Line } from '../table.js';

const aims = (count: number, what: keyof typeof words): string =>
  count === 1_000 && (what === 'load' || what === 'pan') ? '≤ 0.5' : '≤ 1';

const words = {
  load: 'until all is drawn',
  pan: 'panning the whole, frames p95',
  zoom: 'zooming, frames p95',
  panNear: 'panning nearby, frames p95',
  drag: 'dragging a node, frames p95',
  heap: 'JavaScript heap',
} as const;

/** The studio beside React Flow, the same graph in both, in turns. */
export async function editor(sizes = [50, 200, 1_000], rounds = 5): Promise<Line[]> {
  const pages = await servePages();
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox'],
  });
  const lines: Line[] = [];
  try {
    for (const count of sizes) {
      const studio: Sample[] = [];
      const reactFlow: Sample[] = [];
      // The first round warms up.
      for (let round = 0; round <= rounds; round += 1) {
        const mine = await visit(browser, `${pages.studio}?nodes=${count}`, kinds.studio, count);
        const { x, y, width, height } = mine.frame;
        const frame = `x=${x}&y=${y}&width=${width}&height=${height}`;
        const url = `${pages.reactFlow}?nodes=${count}&${frame}`;
        const other = await visit(browser, url, kinds.reactFlow, count);
        if (round === 0) continue;
        studio.push(mine);
        reactFlow.push(other);
      }
      for (const what of Object.keys(words) as (keyof typeof words)[]) {
        lines.push({
          what: `${count} nodes: ${words[what]}`,
          path: median(studio.map((sample) => sample[what])),
          floor: median(reactFlow.map((sample) => sample[what])),
          unit: what === 'heap' ? 'MB' : 'ms',
          ...(what !== 'heap' && { aim: aims(count, what) }),
        });
      }
    }
  } finally {
    await browser.close();
    await pages.close();
  }
  return lines;
}
