import { Copy, Trash2 } from 'lucide';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import type { Actions } from '../actions/actions.js';
import { alignments, distributions } from '../canvas/arrangements.js';
import { texts } from '../editor-texts.js';

/** What can be done with several nodes at once. */
export function ManyNodes({ count, actions }: { count: number; actions: Actions }) {
  const alignButton = ([alignment, icon]: (typeof alignments)[number]) => (
    <Button
      key={alignment}
      size="square"
      aria-label={texts.many[alignment]}
      title={texts.many[alignment]}
      onClick={() => actions.align(alignment)}
    >
      <Icon of={icon} />
    </Button>
  );
  const distributeButton = ([direction, icon]: (typeof distributions)[number]) => (
    <Button
      key={direction}
      size="square"
      aria-label={texts.many[direction]}
      title={texts.many[direction]}
      disabled={count < 3}
      onClick={() => actions.distribute(direction)}
    >
      <Icon of={icon} />
    </Button>
  );
  return (
    <>
      <h2>{texts.many.selected(count)}</h2>
      <div class="inspector-tools in-fours" role="group" aria-label={texts.many.arrange}>
        {alignments.slice(0, 3).map(alignButton)}
        {distributions.slice(0, 1).map(distributeButton)}
        {alignments.slice(3).map(alignButton)}
        {distributions.slice(1).map(distributeButton)}
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
