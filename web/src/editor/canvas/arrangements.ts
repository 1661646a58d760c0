import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  type IconNode,
} from 'lucide';
import type { Alignment } from '../commands/arrange.js';

/** All ways to put nodes in line, each with its sign. */
export const alignments: readonly [Alignment, IconNode][] = [
  ['left', AlignStartVertical],
  ['center', AlignCenterVertical],
  ['right', AlignEndVertical],
  ['top', AlignStartHorizontal],
  ['middle', AlignCenterHorizontal],
  ['bottom', AlignEndHorizontal],
];

/** Both ways to make the gaps between nodes equal. */
export const distributions: readonly ['horizontal' | 'vertical', IconNode][] = [
  ['horizontal', AlignHorizontalSpaceAround],
  ['vertical', AlignVerticalSpaceAround],
];
