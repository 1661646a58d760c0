import type { UserConfig } from 'vite';

/** How packages of this repository are found: by their sources. */
export const resolve = {
  conditions: ['@crmflow/source', 'module', 'browser', 'production', 'import', 'default'],
};

/** Compressed once, by the build, as small as it gets; the API only chooses. */
export const compressed = {
  algorithms: ['gzip' as const, 'brotliCompress' as const],
  threshold: 1_000,
};

/** What all builds for browsers have in common. */
export const build: UserConfig['build'] = {
  target: 'es2023',
  // The content security policy allows nothing inline.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
};
