import { join } from 'node:path';
import { root } from './paths.mjs';

const built = (/** @type {string} */ path) => join(root, path);

/**
 * How the workflow code is bundled, for the worker and for those tests that replay what a worker
 * did: what is evaluated before and what per run changes what code sees.
 */
export const workflowBundleOptions = {
  workflowsPath: built('workflows/dist/workflows.js'),
  workflowInterceptorModules: [built('workflows/dist/trace-headers.js')],
  // Evaluated once for all workflows: without this each start of a run costs 27 ms instead of 1.
  preloadModules: [
    built('contracts/dist/index.js'),
    built('expressions/dist/index.js'),
    built('workflows/dist/core/index.js'),
  ],
};
