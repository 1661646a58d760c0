export * from './en.js';
export * from './english.js';
export * from './format.js';
export * from './issue.js';
export * from './reasons.js';
