export * from './advance.js';
export * from './begin.js';
export * from './foresee.js';
export * from './inbox.js';
export * from './migrate.js';
export { wantedPausePoints } from './pause.js';
export * from './program.js';
export type * from './state.js';
export * from './view.js';
