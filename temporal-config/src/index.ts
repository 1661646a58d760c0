export * from './client.js';
export * from './namespace.js';
export * from './run-schedules.js';
export * from './schedules.js';
export * from './server.js';
export * from './settings.js';
export * from './tracing.js';
