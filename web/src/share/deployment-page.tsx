import type { Deployment, FlowSummary, UpdateDeployment } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import { ArrowLeft, ExternalLink } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { changeDeployment, readDeployment } from '../api/deployments.js';
import { FlowFrame } from '../flow-frame/flow-frame.js';
import { may, whoMay } from '../session/workspace.js';
import { Fetched } from '../ui/fetched.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import { toast } from '../ui/toast/toast.js';
import { healthLooks, healthWords } from './health.js';
import { Preview } from './preview.js';
import { BehaviorSection } from './sections/behavior-section.js';
import { CustomersSection } from './sections/customers-section.js';
import { GeneralSection } from './sections/general-section.js';
import { InstallSection } from './sections/install-section.js';
import { type Look, LookSection } from './sections/look-section.js';
import type { SectionProps } from './sections/section-props.js';
import { type ShareTexts, texts } from './share-texts.js';
import '../ui/list.css';
import './share.css';

type Name = keyof ShareTexts['sections'];

const sections: Record<Name, (props: SectionProps & { look: Signal<Look> }) => ComponentChildren> =
  {
    install: (props) => <InstallSection {...props} />,
    look: (props) => <LookSection {...props} />,
    customers: (props) => <CustomersSection {...props} />,
    behavior: (props) => <BehaviorSection {...props} />,
    general: (props) => <GeneralSection {...props} />,
  };
const names = Object.keys(sections) as Name[];

/** The sections, each at an address of its own; those who may change nothing have one. */
function Sections({ path, current }: { path: string; current: Name }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone they are wider than the page.
    const chosen = nav.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <nav ref={nav} class="share-nav" aria-label={texts.settings}>
      {names.map((name) => (
        <a
          key={name}
          href={name === 'install' ? path : `${path}/${name}`}
          aria-current={name === current ? 'page' : undefined}
        >
          {texts.sections[name]}
        </a>
      ))}
    </nav>
  );
}

/** Whether new conversations can begin, to be switched by who may. */
function LiveSwitch({ deployment: { name, enabled }, change }: SectionProps) {
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

const lookOf = ({ settings }: Deployment): Look => settings;

function DeploymentSettings({ flow, loaded }: { flow: FlowSummary; loaded: Deployment }) {
  const { section = 'install' } = useRoute().params;
  const deployment = useSignal(loaded);
  const look = useSignal(lookOf(loaded));
  const { value } = deployment;
  const change = async (sent: UpdateDeployment) => {
    deployment.value = await changeDeployment(loaded.id, sent);
    look.value = lookOf(deployment.value);
  };
  const mayChange = may('deployment.change');
  const current = names.find((name) => mayChange && name === section) ?? 'install';
  const path = `/flows/${flow.id}/share/${loaded.id}`;
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
        <a class="button" href={value.url} target="_blank" rel="noreferrer">
          <Icon of={ExternalLink} />
          {texts.open}
        </a>
      </div>
      {detail !== undefined && (
        <Notice kind={state === 'error' ? 'error' : 'info'}>{detail}</Notice>
      )}
      <div class={`share-columns ${mayChange ? '' : 'without-nav'}`}>
        {mayChange && <Sections path={path} current={current} />}
        <div class="share-section" key={current}>
          {mayChange ? (
            <h2 class="visually-hidden">{texts.sections[current]}</h2>
          ) : (
            <p class="muted">{texts.readOnly(whoMay('deployment.change'))}</p>
          )}
          {sections[current]({ deployment: value, change, look })}
        </div>
        <Preview deployment={value} look={look} />
      </div>
    </div>
  );
}

/** One chat page with all that can be set, at `/flows/:id/share/:deploymentId/:section?`. */
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
