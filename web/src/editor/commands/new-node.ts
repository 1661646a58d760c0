import type { FlowNodeInput, NodeType } from '@crmflow/contracts';
import type { Point } from './nodes.js';

const data: { [T in NodeType]: Extract<FlowNodeInput, { type: T }>['data'] } = {
  trigger: { kind: 'chat' },
  speak: { mode: 'text', text: '' },
  listen: { variable: '', expect: 'any' },
  ai: { prompt: '', output: 'message' },
  logic: { kind: 'branch', cases: [{ handle: 'case-1', when: '' }] },
  integration: { kind: 'http', method: 'GET', url: '' },
};

/** A node as the palette gives it: with a handle for each way out, and nothing written yet. */
export function newNode(type: NodeType, id: string, label: string, position: Point): FlowNodeInput {
  return { id, type, label, position, data: structuredClone(data[type]) } as FlowNodeInput;
}
