export { runFlow } from './run-flow.js';
export { tryHttp } from './try-http.js';
