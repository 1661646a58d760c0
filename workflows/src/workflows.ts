export { deliverEvents } from './deliver-events.js';
export { maintenance } from './maintenance.js';
export { extractKnowledge, readKnowledgeOf, reindexItem } from './read-knowledge.js';
export { runFlow } from './run-flow.js';
export { scheduledRun } from './scheduled-run.js';
export { tryHttp } from './try-http.js';
