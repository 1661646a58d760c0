import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalSpaceAround,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalSpaceAround,
  Copy,
  type IconNode,
  Trash2,
} from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import type { Actions } from '../actions.js';
import type { Alignment } from '../commands/arrange.js';
import { texts } from '../editor-texts.js';

const alignments: readonly [Alignment, IconNode][] = [
  ['left', AlignStartVertical],
  ['center', AlignCenterVertical],
  ['right', AlignEndVertical],
  ['top', AlignStartHorizontal],
  ['middle', AlignCenterHorizontal],
  ['bottom', AlignEndHorizontal],
];
const directions: readonly ['horizontal' | 'vertical', IconNode][] = [
  ['horizontal', AlignHorizontalSpaceAround],
  ['vertical', AlignVerticalSpaceAround],
];

/** What can be done with several nodes at once. */
export function ManyNodes({ count, actions }: { count: number; actions: Actions }) {
  return (
    <>
      <h2>{texts.many.selected(count)}</h2>
      <div class="inspector-tools" role="group" aria-label={texts.many.arrange}>
        {alignments.map(([alignment, icon]) => (
          <Button
            key={alignment}
            size="square"
            aria-label={texts.many[alignment]}
            title={texts.many[alignment]}
            onClick={() => actions.align(alignment)}
          >
            <Icon of={icon} />
          </Button>
        ))}
        {directions.map(([direction, icon]) => (
          <Button
            key={direction}
            size="square"
            aria-label={texts.many[direction]}
            title={texts.many[direction]}
            onClick={() => actions.distribute(direction)}
          >
            <Icon of={icon} />
          </Button>
        ))}
      </div>
      <div class="inspector-tools">
        <Button size="small" onClick={actions.duplicate}>
          <Icon of={Copy} size={16} />
          {texts.steps.duplicate}
        </Button>
        <Button size="small" onClick={actions.removeSelected}>
          <Icon of={Trash2} size={16} />
          {texts.steps.remove}
        </Button>
      </div>
    </>
  );
}
