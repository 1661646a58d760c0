import type { Deployment, FlowSummary, UpdateDeployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, ExternalLink } from 'lucide';
import { useRoute } from 'preact-iso';
import { asApiError } from '../api/as-api-error.js';
import { changeDeployment, readDeployment } from '../api/deployments.js';
import { FlowFrame } from '../flow-frame/flow-frame.js';
import { may } from '../session/workspace.js';
import { Fetched } from '../ui/fetched.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import { toast } from '../ui/toast/toast.js';
import { ChatSettings } from './chat-settings.js';
import { healthLooks, healthWords } from './health.js';
import type { SectionProps } from './sections/section-props.js';
import { ScheduleSettings } from './schedule/schedule-settings.js';
import { texts } from './share-texts.js';
import { WebhookSettings } from './webhook/webhook-settings.js';
import '../ui/list.css';
import './share.css';

/** Whether anything can begin there, to be switched by who may. */
function LiveSwitch({ deployment: { name, enabled }, change }: SectionProps<Deployment>) {
  const isBusy = useSignal(false);
  const set = async (next: boolean) => {
    isBusy.value = true;
    try {
      await change({ enabled: next });
      toast(next ? texts.resumed(name) : texts.paused(name));
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
    isBusy.value = false;
  };
  return (
    <label class="live-switch small">
      <input
        type="checkbox"
        role="switch"
        checked={enabled}
        disabled={isBusy.value}
        onChange={({ currentTarget }) => void set(currentTarget.checked)}
      />
      {texts.isLive}
    </label>
  );
}

function DeploymentSettings({ flow, loaded }: { flow: FlowSummary; loaded: Deployment }) {
  const deployment = useSignal(loaded);
  const { value } = deployment;
  const change = async (sent: UpdateDeployment) => {
    deployment.value = await changeDeployment(loaded.id, sent);
  };
  const mayChange = may('deployment.change');
  const { state } = value.health;
  const detail = healthWords(value);
  return (
    <div class="page share-page">
      <a class="back small" href={`/flows/${flow.id}/share`}>
        <Icon of={ArrowLeft} size={16} />
        {texts.back}
      </a>
      <div class="page-head">
        <div class="share-title">
          <PageTitle title={value.name} />
          {/* The switch says so to those who may change it. */}
          {(state === 'error' || !mayChange) && (
            <span class={`tag small ${healthLooks[state]}`}>{texts.states[state]}</span>
          )}
        </div>
        {mayChange && <LiveSwitch deployment={value} change={change} />}
        {value.kind === 'chat' && (
          <a class="button" href={value.url} target="_blank" rel="noreferrer">
            <Icon of={ExternalLink} />
            {texts.open}
          </a>
        )}
      </div>
      {detail !== undefined && (
        <Notice kind={state === 'error' ? 'error' : 'info'}>{detail}</Notice>
      )}
      {value.kind === 'chat' ? (
        <ChatSettings deployment={value} change={change} />
      ) : value.kind === 'webhook' ? (
        <WebhookSettings deployment={value} change={change} />
      ) : (
        <ScheduleSettings deployment={value} change={change} />
      )}
    </div>
  );
}

/** One deployment with all that can be set, at `/flows/:id/share/:deploymentId/:section?`. */
export function DeploymentPage() {
  const { deploymentId = '' } = useRoute().params;
  return (
    <FlowFrame section="share">
      {(flow) => (
        <Fetched
          key={deploymentId}
          label={texts.loading}
          failed={texts.failed}
          fetch={() => readDeployment(deploymentId)}
        >
          {(loaded) => <DeploymentSettings flow={flow} loaded={loaded} />}
        </Fetched>
      )}
    </FlowFrame>
  );
}
