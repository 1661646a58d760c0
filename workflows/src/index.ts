export * from './callback-token.js';
export * from './compile-run.js';
export * from './messages.js';
export type * from './run-input.js';
export * from './search-attributes.js';
export type { TraceSinks } from './trace-headers.js';
export type { RunState } from './core/state.js';
export * from './core/rebuild/rebuild.js';
export * from './core/rebuild/restart.js';
