import { signal } from '@preact/signals';
import type { Outlet } from '../commands/edges.js';
import type { Point } from '../commands/nodes.js';
import type { Panel } from './panel-tabs.js';

/** What a menu was asked for over. */
export type MenuTarget = { kind: 'node' | 'edge' | 'note'; id: string } | { kind: 'canvas' };

/** What a new node is to be added to, and where that is asked. */
export type Adding = { client: Point } & (
  | {
      outlet: Outlet;
      /** Where the next node belongs, and not where somebody let go of a wire. */
      isNext: boolean;
    }
  | { edgeId: string }
);

/** What is open in the studio besides the flow itself. */
export function createStudioState(panel: Panel) {
  return {
    /** What is beside the canvas. */
    panel: signal<Panel>(panel),
    /** Where something is to be added: which node shall be there? */
    adding: signal<Adding | undefined>(undefined),
    isGenerating: signal(false),
    isSearching: signal(false),
    areKeysShown: signal(false),
    areIssuesShown: signal(false),
    isMinimapShown: signal(true),
    /** The node whose edge is asked for. */
    connecting: signal<string | undefined>(undefined),
    /** The menu that is open, at a place of the window. */
    menu: signal<{ at: Point; on: MenuTarget } | undefined>(undefined),
  };
}

/** What is open in the studio. */
export type StudioState = ReturnType<typeof createStudioState>;
