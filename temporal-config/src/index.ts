export * from './connect-temporal.js';
export * from './dev-server-flags.js';
export * from './prepare-namespace.js';
export * from './search-attributes.js';
export * from './settings.js';
