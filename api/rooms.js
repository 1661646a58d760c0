/**
 * The rooms of api/src, from the ground up: each may import only those above it in this list. Not
 * listed are `deps.ts`, the types of what all are built from, and `testing`.
 */
export const apiRooms = [
  ['ask.ts', 'cached.ts', 'canonical-hash.ts', 'search-pattern.ts', 'secret-token.ts', 'tally.ts'],
  ...['errors', 'config', 'logging', 'temporal', 'mail', 'rate-limits', 'access', 'http'],
  ...[
    'usage',
    'metrics',
    'account',
    'workspaces',
    'ai',
    'keys',
    'endpoints',
    'knowledge',
    'flows',
    'deployments',
    'contacts',
    'saved-views',
    'try-http',
    'runs',
    'schedules',
    'chat',
    'hooks',
    'conversations',
    'realtime',
  ],
  ...['health', 'web', 'create-deps.ts', 'app.ts'],
  // The document is made of the routes, and one of them answers with it.
  ['openapi', 'routes.ts'],
  ...['serve.ts', 'main.ts'],
].map((room) => [room].flat());
