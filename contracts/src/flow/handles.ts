import type { FlowNodeInput } from './node.js';

/** The handles by which a node can be left, in the order in which they are shown. */
export function handlesOf(node: FlowNodeInput): string[] {
  switch (node.type) {
    case 'trigger':
    case 'speak':
      return ['out'];
    case 'listen':
      return ['out', 'timeout', 'invalid'];
    case 'ai':
    case 'integration':
      return ['out', 'error'];
    case 'logic':
      return node.data.kind === 'branch'
        ? [...(node.data.cases ?? []).map((one) => one.handle), 'else']
        : ['out'];
  }
}
