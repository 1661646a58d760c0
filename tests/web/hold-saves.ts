import type { Page } from 'playwright-core';

/** Holds back the page's saves of a flow. @returns lets them through */
export async function holdSaves(page: Page, id: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(`**/api/workflows/${id}`, async (route) => {
    if (route.request().method() === 'PUT') await released;
    await route.continue();
  });
  return release;
}
