import { lazyPart } from '../../ui/lazy.js';
import type { TestsPanelProps } from './tests-panel.js';

/** `TestsPanel`, whose code is fetched when it is first opened. */
export const LazyTestsPanel = lazyPart<TestsPanelProps>(
  async () => (await import('./tests-panel.js')).TestsPanel,
);
