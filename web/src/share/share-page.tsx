import type { Deployment, DeploymentKind, FlowSummary } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { CalendarClock, Copy, ExternalLink, MessagesSquare, Plus, Rocket, Webhook } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import { asApiError } from '../api/as-api-error.js';
import { createDeployment, listDeployments } from '../api/deployments.js';
import { createPagedList } from '../api/paged-list.js';
import { FlowFrame } from '../flow-frame/flow-frame.js';
import { may, whoMay } from '../session/workspace.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { ago } from '../ui/format/when.js';
import { Icon } from '../ui/icon.js';
import { PagedItems } from '../ui/paged-items.js';
import { PageTitle } from '../ui/page-title.js';
import { Skeleton } from '../ui/skeleton.js';
import { toast } from '../ui/toast/toast.js';
import { ShownOnce } from '../ui/dialog/shown-once.js';
import { newWebhookSecret } from './webhook/webhook-secret.js';
import { healthLooks, healthWords } from './health.js';
import { texts } from './share-texts.js';
import '../ui/list.css';
import './share.css';

/** Copies a link, or says it where the browser does not allow that. */
const copyLink = (url: string) =>
  navigator.clipboard.writeText(url).then(
    () => toast(texts.linkCopied),
    () => toast(texts.notCopied(url), { kind: 'failed' }),
  );

/** One deployment in the list, with the ways to it. */
function DeploymentRow({ deployment }: { deployment: Deployment }) {
  const { id, workflowId, kind, name, url, version, health } = deployment;
  const detail = healthWords(deployment);
  return (
    <li class="row share-row">
      <div class="share-row-name">
        <a class="row-link" href={`/flows/${workflowId}/share/${id}`}>
          {name}
        </a>
        <p class="small muted">{texts.kinds[kind]}</p>
      </div>
      <div class="share-row-state">
        <span class={`tag small ${healthLooks[health.state]}`} title={detail}>
          {texts.states[health.state]}
        </span>
        {health.state === 'error' && <p class="small share-fault">{detail}</p>}
      </div>
      <p class="share-row-facts small muted">
        <span>{version === 'latest' ? texts.latest : texts.number(version)}</span>
        {health.lastActivityAt === undefined ? (
          <span>{texts.noActivity[kind]}</span>
        ) : (
          <time dateTime={health.lastActivityAt}>
            {texts.activity[kind](ago(health.lastActivityAt))}
          </time>
        )}
      </p>
      <div class="share-row-tools">
        {kind !== 'schedule' && (
          <Button
            kind="quiet"
            size="square"
            aria-label={texts.copyLink(name)}
            title={texts.copyLink(name)}
            onClick={() => void copyLink(url)}
          >
            <Icon of={Copy} />
          </Button>
        )}
        {kind === 'chat' && (
          <a
            class="button quiet square"
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label={texts.openNamed(name)}
            title={texts.openNamed(name)}
          >
            <Icon of={ExternalLink} />
          </a>
        )}
      </div>
    </li>
  );
}

/** In place of the list while there is nothing in it. */
function NoDeployments({ flow, onCreate }: { flow: FlowSummary; onCreate: ComponentChildren }) {
  const isPublished = flow.published !== undefined;
  const words = isPublished ? texts.empty : texts.unpublished;
  return (
    <section class="empty">
      <Icon of={isPublished ? MessagesSquare : Rocket} size={24} />
      <h2>{words.title}</h2>
      <p class="muted">{words.text}</p>
      {!may('deployment.change') && (
        <p class="muted small">{texts.createOnly(whoMay('deployment.change'))}</p>
      )}
      {may('deployment.change') &&
        (isPublished ? (
          onCreate
        ) : (
          <a class="button primary" href={`/flows/${flow.id}`}>
            {texts.unpublished.open}
          </a>
        ))}
    </section>
  );
}

/** What a new schedule begins with, to be changed. */
const usualTimes = () => ({
  cron: '0 9 * * MON-FRI',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

const tokenAuth = (secret: string) => ({
  kind: 'token' as const,
  header: 'authorization',
  secrets: [secret],
});

function Deployments({ flow }: { flow: FlowSummary }) {
  const { route } = useLocation();
  const isCreating = useSignal(false);
  /** A webhook that was just created: its secret is shown before its page. */
  const made = useSignal<{ secret: string; path: string } | undefined>(undefined);
  const list = useMemo(
    () => createPagedList<Deployment>((_, cursor) => listDeployments(flow.id, cursor)),
    [flow.id],
  );
  useEffect(() => void list.show({}), [list]);
  const create = async (kind: DeploymentKind) => {
    isCreating.value = true;
    try {
      const secret = newWebhookSecret('token');
      const wanted = {
        chat: { kind: 'chat' as const },
        webhook: { kind: 'webhook' as const, settings: { auth: tokenAuth(secret) } },
        schedule: { kind: 'schedule' as const, settings: usualTimes() },
      };
      const { id } = await createDeployment(flow.id, wanted[kind]);
      toast(
        {
          chat: texts.created,
          webhook: texts.createdWebhook,
          schedule: texts.createdSchedule,
        }[kind],
      );
      const path = `/flows/${flow.id}/share/${id}`;
      if (kind === 'webhook') made.value = { secret, path };
      else route(path);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
      isCreating.value = false;
    }
  };
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  const creation = (
    <div class="share-create">
      <Button disabled={isCreating.value} onClick={() => void create('schedule')}>
        <Icon of={CalendarClock} />
        {texts.createSchedule}
      </Button>
      <Button disabled={isCreating.value} onClick={() => void create('webhook')}>
        <Icon of={Webhook} />
        {texts.createWebhook}
      </Button>
      <Button kind="primary" busy={isCreating.value} onClick={() => void create('chat')}>
        {!isCreating.value && <Icon of={Plus} />}
        {texts.create}
      </Button>
    </div>
  );
  const title = shared.frame.sections.share;
  return (
    <div class="page share-page">
      {made.value !== undefined && (
        <ShownOnce
          title={texts.createdWebhook}
          text={texts.webhook.createdText}
          label={texts.webhook.auth.secret}
          secret={made.value.secret}
          onClose={() => route(made.value?.path ?? '')}
        />
      )}
      <div class="page-head">
        <div class="page-words">
          <PageTitle title={shared.frame.titleOf(title, flow.name)}>{title}</PageTitle>
          <p class="muted">{texts.explain}</p>
        </div>
        {!isNone && flow.published && may('deployment.change') && creation}
      </div>
      {isNone ? (
        <NoDeployments flow={flow} onCreate={creation} />
      ) : (
        <PagedItems
          list={list}
          words={texts}
          skeleton={<Skeleton label={texts.loading} count={2} />}
        >
          <ul class="rows">
            {list.items.value.map((deployment) => (
              <DeploymentRow key={deployment.id} deployment={deployment} />
            ))}
          </ul>
        </PagedItems>
      )}
    </div>
  );
}

/** Where a flow meets the world, at `/flows/:id/share`. */
export function SharePage() {
  return <FlowFrame section="share">{(flow) => <Deployments flow={flow} />}</FlowFrame>;
}
