import type { FlowSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Play } from 'lucide';
import type { TargetedKeyboardEvent } from 'preact';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Faults } from '../ui/faults.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { ago } from '../ui/format/when.js';
import type { FlowActions } from './flow-actions.js';
import { FlowMarks } from './flow-marks.js';
import { FlowMenu } from './flow-menu.js';
import { FlowName } from './flow-name.js';
import { FlowStatus } from './flow-status.js';
import { LastRun } from './last-run.js';
import { focusBeside } from './row-focus.js';
import { useTry } from './use-try.js';

/** A flow in the list, with all that can be done with it. */
export function FlowItem({ flow, actions }: { flow: FlowSummary; actions: FlowActions }) {
  const { isStarting, failure, start } = useTry(flow.id);
  const isRenaming = useSignal(false);
  const remove = () => {
    focusBeside(flow.id);
    actions.remove(flow);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLAnchorElement)) return;
    if (event.key === 'F2') isRenaming.value = true;
    else if (event.key === 'Delete') remove();
    else return;
    event.preventDefault();
  };
  return (
    <li class="flow" data-flow={flow.id} onKeyDown={onKeyDown}>
      <div class="flow-words">
        <div class="flow-title">
          <FlowName
            flow={flow}
            isRenaming={isRenaming}
            onRename={(name) => void actions.change(flow, { name })}
          />
          <FlowMarks flow={flow} />
        </div>
        {flow.description && <p class="description small muted">{flow.description}</p>}
      </div>
      <div class="flow-facts">
        <FlowStatus flow={flow} />
        <LastRun flow={flow} />
        <p class="facts small muted">
          <span>{texts.flows.nodes(flow.nodeCount)}</span>
          <time dateTime={flow.updatedAt}>{texts.flows.updated(ago(flow.updatedAt))}</time>
        </p>
      </div>
      <div class="flow-tools">
        <Button
          kind="quiet"
          size="square"
          aria-label={texts.flows.tryNamed(flow.name)}
          title={texts.flows.try}
          busy={isStarting.value}
          onClick={() => void start()}
        >
          {!isStarting.value && <Icon of={Play} />}
        </Button>
        <FlowMenu
          flow={flow}
          actions={actions}
          onTry={() => void start()}
          onRename={() => (isRenaming.value = true)}
          onDelete={remove}
        />
      </div>
      {failure.value && (
        <Notice>
          {failure.value.code === 'flow_invalid' ? texts.flows.cannotRun : failure.value.message}
          <Faults errors={failure.value.errors} />
        </Notice>
      )}
    </li>
  );
}
