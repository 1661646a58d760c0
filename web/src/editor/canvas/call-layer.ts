import { type ToolUse, toolUsesOf } from '@crmflow/contracts/tools';
import { effect, untracked } from '@preact/signals';
import { nodeKey } from '../model/record.js';
import type { DocumentReader } from '../model/store.js';
import { boxIn, callPath } from './geometry.js';
import { svg } from './svg.js';

/**
 * A dashed line from each ai node to the integrations that its model may call. Nothing flows along
 * it and it cannot be cut: the form of the ai node says what is called.
 */
export function drawCalls(document: DocumentReader): { element: SVGSVGElement; dispose(): void } {
  const layer = svg('svg', 'wires');
  layer.setAttribute('aria-hidden', 'true');
  const lines = new Map<string, () => void>();

  const boxAt = (id: string) => {
    const record = document.signalOf(nodeKey(id)).value;
    return record?.kind === 'node' ? boxIn(document, record.node) : undefined;
  };
  const add = ({ source, target }: ToolUse) => {
    const line = svg('path', 'call-line');
    layer.append(line);
    const stop = effect(() => {
      const [from, to] = [boxAt(source), boxAt(target)];
      if (from && to) line.setAttribute('d', callPath(from, to));
      else line.removeAttribute('d');
    });
    return () => {
      stop();
      line.remove();
    };
  };

  const stop = effect(() => {
    if (document.meaning.value < 0) return;
    untracked(() => {
      const calls = toolUsesOf(document.nodes());
      const wanted = new Map(calls.map((call) => [`${call.source} ${call.target}`, call]));
      for (const [key, drop] of lines) {
        if (wanted.has(key)) continue;
        drop();
        lines.delete(key);
      }
      for (const [key, call] of wanted) if (!lines.has(key)) lines.set(key, add(call));
    });
  });

  return {
    element: layer,
    dispose() {
      stop();
      for (const drop of lines.values()) drop();
    },
  };
}
