import '../../web/src/styles/tokens.css';
import '../../web/src/styles/base.css';
import { render } from 'preact';
import { LocationProvider } from 'preact-iso';
import { loadFlow } from '../../web/src/api/flows.js';
import { openEditor } from '../../web/src/editor/open-editor.js';
import { Studio } from '../../web/src/editor/studio/studio.js';
import { asked, edges, places } from './graph.js';

const count = asked();
const flow = {
  ...{ id: 'bench', name: 'A flow', description: '', variables: [], revision: 1 },
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  nodes: places(count).map(({ id, label, text, x, y }, index) => ({
    ...{ id, label, position: { x, y } },
    ...(index === 0
      ? { type: 'trigger', data: { kind: 'manual' } }
      : { type: 'speak', data: { text } }),
  })),
  edges: edges(count).map((edge) => ({ ...edge, sourceHandle: 'out' })),
};

// The one thing that is not real: the API answers at once, whatever is saved.
window.fetch = (input) => {
  const address = input instanceof Request ? input.url : input.toString();
  const isFlow = address.includes('/api/workflows/bench') && !address.includes('bench/');
  return Promise.resolve(
    Response.json(isFlow ? flow : { items: [], budgets: [], nextCursor: null }),
  );
};

const root = document.getElementById('app');
if (root) {
  const open = await openEditor(await loadFlow('bench'));
  render(
    <LocationProvider>
      <div style={{ height: '100vh' }}>
        <Studio flow={open} />
      </div>
    </LocationProvider>,
    root,
  );
}
