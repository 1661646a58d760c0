export { extractKnowledge } from './extract-knowledge.js';
export { maintenance } from './maintenance.js';
export { runFlow } from './run-flow.js';
export { tryHttp } from './try-http.js';
