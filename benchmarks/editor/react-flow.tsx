/** @jsxImportSource react */
import '../../web/src/styles/tokens.css';
import '../../web/src/styles/base.css';
import '../../web/src/editor/canvas/node-card.css';
import '@xyflow/react/dist/style.css';
import {
  Background,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useEdgesState,
  useNodesState,
} from '@xyflow/react';
import { memo } from 'react';
import { createRoot } from 'react-dom/client';
import { asked, edges, places } from './graph.js';

type Card = Node<{ label: string; text: string }, 'card'>;

const Sign = () => (
  <svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor">
    <path d="M22 17a2 2 0 0 1-2 2H6.8a2 2 0 0 0-1.4.6l-2.2 2.2A.7.7 0 0 1 2 21.3V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z" />
  </svg>
);

const kind = { '--kind': 'var(--blue)' };

const CardView = memo(function CardView({ data, selected }: NodeProps<Card>) {
  return (
    <div
      className={selected ? 'card-node selected' : 'card-node'}
      style={{ ...kind, width: 232, height: 64 }}
    >
      <Handle type="target" position={Position.Left} />
      <div className="card-head">
        <span className="card-sign">
          <Sign />
        </span>
        <span className="card-words">
          <strong>{data.label}</strong>
          <span className="card-summary">{data.text}</span>
        </span>
      </div>
      <Handle type="source" position={Position.Right} />
    </div>
  );
});

const nodeTypes = { card: CardView };
const count = asked();
const allNodes = places(count).map(({ id, label, text, x, y }): Card => ({
  ...{ id, type: 'card', position: { x, y }, data: { label, text } },
  ...{ width: 232, height: 64 },
}));
const allEdges = edges(count);

function Flow() {
  const [nodes, , onNodesChange] = useNodesState(allNodes);
  const [wires, , onEdgesChange] = useEdgesState(allEdges);
  return (
    <ReactFlow
      nodes={nodes}
      edges={wires}
      nodeTypes={nodeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      minZoom={0.1}
      maxZoom={2}
      panOnScroll
      onlyRenderVisibleElements
      fitView
    >
      <Background gap={24} />
    </ReactFlow>
  );
}

// The frame that our canvas has of the window, so that both draw as much.
const frame = new URLSearchParams(location.search);
const side = (name: string) => `${frame.get(name) ?? '0'}px`;
const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <div
      style={{
        position: 'fixed',
        ...{ left: side('x'), top: side('y'), width: side('width'), height: side('height') },
      }}
    >
      <Flow />
    </div>,
  );
}
