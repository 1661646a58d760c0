import type { NodeType } from '@crmflow/contracts';
import { CirclePlay, Ear, type IconNode, MessageSquareText, Plug, Sparkles, Split } from 'lucide';

/** The six kinds of node in the order of the palette, each with its sign. */
export const kinds: readonly { type: NodeType; icon: IconNode }[] = [
  { type: 'trigger', icon: CirclePlay },
  { type: 'speak', icon: MessageSquareText },
  { type: 'listen', icon: Ear },
  { type: 'ai', icon: Sparkles },
  { type: 'logic', icon: Split },
  { type: 'integration', icon: Plug },
];

/** The sign of a kind of node. */
export function iconOf(type: NodeType): IconNode {
  return kinds.find((kind) => kind.type === type)?.icon ?? CirclePlay;
}
