import type { Browser, CDPSession, Page } from 'playwright-core';

/** Where the canvas is in the window, in pixels. */
export type Frame = { x: number; y: number; width: number; height: number };

/** What one visit of a page has shown: milliseconds, and of the heap megabytes. */
export type Sample = {
  load: number;
  pan: number;
  zoom: number;
  panNear: number;
  drag: number;
  heap: number;
  frame: Frame;
};

/** How an editor is seen from outside. */
export type Kind = { canvas: string; node: string; edge: string; fit?: string };

/** Which elements are whose. */
export const kinds = {
  studio: {
    canvas: '.canvas',
    node: '.card-node',
    edge: '.wire-line[d]',
    fit: '[aria-label="Zoom to fit"]',
  },
  reactFlow: { canvas: '.react-flow', node: '.react-flow__node', edge: '.react-flow__edge' },
} as const satisfies Record<string, Kind>;

declare global {
  interface Window {
    benchUsable?: number;
    benchFrames?: number[];
  }
}

/** Runs in the page: when is the whole graph drawn, and how long is each frame? */
function watch({ kind, count }: { kind: Kind; count: number }): void {
  let isFitted = kind.fit === undefined;
  let last = performance.now();
  window.benchFrames = [];
  const look = (now: number) => {
    window.benchFrames?.push(now - last);
    last = now;
    requestAnimationFrame(look);
    if (window.benchUsable !== undefined) return;
    const fit = kind.fit ? document.querySelector<HTMLElement>(kind.fit) : null;
    if (!isFitted && fit) {
      isFitted = true;
      fit.click();
    }
    const isWhole =
      document.querySelectorAll(kind.node).length >= count &&
      document.querySelectorAll(kind.edge).length >= count;
    // The frame after the one that drew the last of it.
    if (isFitted && isWhole) window.benchUsable = now;
  };
  requestAnimationFrame(look);
}

function p95(frames: readonly number[]): number {
  const sorted = [...frames].sort((a, b) => a - b);
  return sorted[Math.min(Math.ceil(sorted.length * 0.95), sorted.length) - 1] ?? Number.NaN;
}

async function framesOf(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => (window.benchFrames = []));
  await work();
  return p95(await page.evaluate(() => window.benchFrames ?? []));
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1024 ** 2;
}

const steps = 24;

/** Visits a page once: waits for the whole graph, then pans, zooms in, pans there, drags a node. */
export async function visit(
  browser: Browser,
  url: string,
  kind: Kind,
  count: number,
): Promise<Sample> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  try {
    const cdp = await context.newCDPSession(page);
    await page.addInitScript(watch, { kind, count });
    await page.goto(url);
    await page.waitForFunction(() => window.benchUsable !== undefined, undefined, {
      timeout: 60_000,
    });
    const load = await page.evaluate(() => window.benchUsable ?? Number.NaN);
    const heap = await heapOf(cdp);
    const frame = await page.locator(kind.canvas).boundingBox();
    if (!frame) throw new Error(`There is no ${kind.canvas} on ${url}.`);
    const middle = { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 };
    await page.mouse.move(middle.x, middle.y);

    const wheel = async (x: number, y: number) => {
      for (let step = 0; step < steps; step += 1) {
        const sign = step < steps / 2 ? 1 : -1;
        await page.mouse.wheel(x * sign, y * sign);
      }
    };
    const pan = await framesOf(page, () => wheel(12, 6));
    await page.keyboard.down('Control');
    const zoom = await framesOf(page, () => wheel(0, -12));
    for (let step = 0; step < 12; step += 1) await page.mouse.wheel(0, -48);
    await page.keyboard.up('Control');
    const panNear = await framesOf(page, () => wheel(60, 30));

    const places = await page.locator(kind.node).evaluateAll((all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }),
    );
    const far = (at: { x: number; y: number }) => Math.hypot(at.x - middle.x, at.y - middle.y);
    const [node] = places.filter(({ x }) => x > 0).sort((a, b) => far(a) - far(b));
    if (!node) throw new Error(`There is no ${kind.node} to drag on ${url}.`);
    await page.mouse.move(node.x, node.y);
    await page.mouse.down();
    const drag = await framesOf(page, async () => {
      for (let step = 1; step <= steps; step += 1) {
        await page.mouse.move(node.x + step * 3, node.y + step * 2);
      }
    });
    await page.mouse.up();
    return { load, pan, zoom, panNear, drag, heap, frame };
  } finally {
    await context.close();
  }
}
