import type { AreaPlugin } from 'rete-area-plugin';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { SocketView } from '../canvas/node-card.js';
import { texts } from '../editor-texts.js';
import type { AreaSignal } from './area-signal.js';
import type { Schemes } from './schemes.js';

/** Makes the view of handles, which tells the area of each. */
export function socketView(area: AreaPlugin<Schemes, AreaSignal>): SocketView {
  return function Socket({ nodeId, side, handle, label }) {
    const dot = useRef<HTMLSpanElement>(null);
    useLayoutEffect(() => {
      const element = dot.current;
      if (!element) return;
      void area.emit({
        type: 'render',
        data: { type: 'socket', element, nodeId, side, key: handle },
      });
      return () => void area.emit({ type: 'unmount', data: { element } });
    }, [nodeId, side, handle]);
    const name = side === 'input' ? 'in' : (texts.handles[handle] ?? handle);
    return (
      <span
        ref={dot}
        class={side === 'input' ? 'socket is-in' : 'socket is-out'}
        title={side === 'output' ? texts.handle(name, label) : undefined}
        data-handle={handle}
      />
    );
  };
}
