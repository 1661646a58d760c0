import type { FlowSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Play, Globe, type IconNode, LayoutTemplate } from 'lucide';
import type { TargetedKeyboardEvent } from 'preact';
import { useLocation } from 'preact-iso';
import { may } from '../session/workspace.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { ago } from '../ui/format/when.js';
import { StatusDot } from '../ui/status-dot.js';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { openSocket } from '../realtime/socket.js';
import { startRun } from '../chat/start-run.js';
import type { FlowActions } from './flow-actions.js';
import { FlowFaults } from './flow-faults.js';
import { FlowMenu } from './flow-menu.js';
import { FlowName } from './flow-name.js';
import { focusBeside } from './row-focus.js';
import { texts } from './flows-texts.js';

/** Starts runs of a flow's draft, and leads to them. */
function useTry(flowId: string) {
  const { route } = useLocation();
  const isStarting = useSignal(false);
  const failure = useSignal<ApiError | undefined>(undefined);
  const start = async () => {
    isStarting.value = true;
    failure.value = undefined;
    try {
      route(`/runs/${await startRun(openSocket(), flowId)}`);
    } catch (error) {
      failure.value = asApiError(error);
      isStarting.value = false;
    }
  };
  return { isStarting, failure, start };
}

/** How the last run of a flow went, with the way to it. */
function LastRun({ flow: { lastRun } }: { flow: FlowSummary }) {
  if (!lastRun) return <span class="flow-run small muted">{texts.neverRun}</span>;
  const { runId, status, startedAt } = lastRun;
  return (
    <a class="flow-run small" href={`/runs/${runId}`}>
      <StatusDot status={status} />
      {shared.runStatuses[status]} <time dateTime={startedAt}>{ago(startedAt)}</time>
    </a>
  );
}

/** What of a flow is published. */
function FlowStatus({ flow }: { flow: FlowSummary }) {
  const { published, hasChanges } = flow;
  return (
    <div class="flow-status small">
      {published ? (
        <span class="tag live" title={texts.publishedWhen(ago(published.at))}>
          {texts.published(published.version)}
        </span>
      ) : (
        <span class="tag">{texts.draft}</span>
      )}
      {hasChanges && (
        <span class="tag warn" title={texts.changedHint}>
          {texts.changed}
        </span>
      )}
    </div>
  );
}

function Mark({ icon, label }: { icon: IconNode; label: string }) {
  return (
    <span class="muted flow-mark" title={label}>
      <Icon of={icon} size={16} />
      <span class="visually-hidden">{label}</span>
    </span>
  );
}

/** What a flow is besides: a template, seen by everyone. */
function FlowMarks({ flow: { isTemplate, isPublic } }: { flow: FlowSummary }) {
  return (
    <>
      {isTemplate && <Mark icon={LayoutTemplate} label={texts.template} />}
      {isPublic && <Mark icon={Globe} label={texts.public} />}
    </>
  );
}

/** A flow in the list, with all that can be done with it. */
export function FlowItem({ flow, actions }: { flow: FlowSummary; actions: FlowActions }) {
  const { isStarting, failure, start } = useTry(flow.id);
  const isRenaming = useSignal(false);
  const remove = () => {
    focusBeside(flow.id);
    actions.remove(flow);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLAnchorElement) || !may('flow.change')) return;
    if (event.key === 'F2') isRenaming.value = true;
    else if (event.key === 'Delete') remove();
    else return;
    event.preventDefault();
  };
  return (
    <li class="row flow" data-flow={flow.id} onKeyDown={onKeyDown}>
      <div>
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
          <span>{shared.flows.nodes(flow.nodeCount)}</span>
          <time dateTime={flow.updatedAt}>{shared.flows.updated(ago(flow.updatedAt))}</time>
        </p>
      </div>
      <div class="flow-tools">
        {may('run.start') && (
          <Button
            kind="quiet"
            size="square"
            aria-label={shared.flows.tryNamed(flow.name)}
            title={shared.flows.try}
            busy={isStarting.value}
            onClick={() => void start()}
          >
            {!isStarting.value && <Icon of={Play} />}
          </Button>
        )}
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
          {failure.value.code === 'flow_invalid' ? shared.flows.cannotRun : failure.value.message}
          <FlowFaults flowId={flow.id} errors={failure.value.errors} />
        </Notice>
      )}
    </li>
  );
}
