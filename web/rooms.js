/**
 * The rooms of web/src, from the ground up: each may import only those above it in this list. Texts
 * in other languages take their type from the catalogue beside them, so both are one room.
 */
export const webRooms = [
  ['texts', 'texts.ts'],
  ...['storage.ts', 'theme.ts', 'new-id.ts', 'styles', 'issues', 'api', 'realtime', 'ui'],
  'node-look.ts',
  // Not the session, the editor or a page: the page for customers shares parts of the chat.
  ...['chat', 'chat-page', 'embed', 'session', 'flow-frame'],
  ['editor/texts', 'editor/editor-texts.ts'],
  ...['editor/model', 'editor/history', 'editor/commands'],
  ['editor/editor.ts', 'editor/selection.ts', 'editor/new-flow-id.ts', 'editor/announce-moved.ts'],
  ...['editor/canvas', 'editor/notes', 'editor/actions', 'editor/rete', 'editor/save'],
  ...['editor/presence', 'editor/wished-direction.ts'],
  ...['editor/check', 'editor/issues', 'editor/test-run', 'editor/open-editor.ts'],
  ...[
    'editor/inspector',
    'editor/tests',
    'editor/find',
    'editor/minimap',
    'editor/generate',
    'editor/studio',
  ],
  ...['runs', 'customers', 'share', 'templates', 'flows', 'knowledge', 'settings'],
  ...['app', 'main.tsx'],
].map((room) => [room].flat());
