import type { Template } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ArrowLeft, Plus } from 'lucide';
import { useRoute, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import type { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { readTemplate } from '../api/templates.js';
import { may, whoMay } from '../session/workspace.js';
import { texts as shared } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { MessagePage } from '../ui/message-page.js';
import { PageTitle } from '../ui/page-title.js';
import { Skeleton } from '../ui/skeleton.js';
import { cloneFlow } from '../api/flows.js';
import { toast } from '../ui/toast/toast.js';
import { FlowDrawing } from './flow-drawing.js';
import { TemplateKinds, TemplateNeeds } from './template-needs.js';
import { wordsOf } from './template-words.js';
import { texts } from './templates-texts.js';
import './templates.css';

/** Makes a flow of one's own from a template, and opens it. */
function UseTemplate({ id }: { id: string }) {
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const use = async () => {
    isBusy.value = true;
    try {
      route(`/flows/${(await cloneFlow(id)).id}`);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
      isBusy.value = false;
    }
  };
  if (!may('flow.change')) {
    return <p class="small muted">{shared.rights.createFlows(whoMay('flow.change'))}</p>;
  }
  return (
    <Button kind="primary" busy={isBusy.value} onClick={() => void use()}>
      {!isBusy.value && <Icon of={Plus} />}
      {isBusy.value ? texts.using : texts.use}
    </Button>
  );
}

function Preview({ template }: { template: Template }) {
  const { id, category, isOwn, nodeCount, needs, kinds } = template;
  const { name, description } = wordsOf(template);
  return (
    <>
      <div class="page-head">
        <PageTitle title={name} />
        <UseTemplate id={id} />
      </div>
      <p class="template-description">{description}</p>
      <p class="template-facts small muted">
        <span>{isOwn ? texts.own : texts.categories[category]}</span>
        <span>{texts.nodes(nodeCount)}</span>
      </p>
      {/* It scrolls, and what scrolls must be reachable by keys. */}
      <div class="template-canvas" tabIndex={0} role="group" aria-label={name}>
        <FlowDrawing template={template} label={texts.drawing(name, nodeCount)} scale={0.5} />
      </div>
      <div class="template-asides">
        <TemplateNeeds needs={needs} />
        <TemplateKinds kinds={kinds} />
      </div>
    </>
  );
}

function Failure({ failure, onRetry }: { failure: ApiError; onRetry: () => void }) {
  if (failure.code === 'not_found') {
    return (
      <MessagePage title={shared.notFound.title} text={shared.notFound.text}>
        <a class="button" href="/templates">
          {texts.back}
        </a>
      </MessagePage>
    );
  }
  return (
    <MessagePage title={texts.failed} text={failure.message}>
      <Button onClick={onRetry}>{shared.tryAgain}</Button>
    </MessagePage>
  );
}

/** A template as it is before it is used, at `/templates/:id`. */
export function TemplatePage() {
  const id = useRoute().params['id'] ?? '';
  const template = useSignal<Template | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const load = async () => {
    failure.value = undefined;
    try {
      const found = await readTemplate(id);
      if (found.id === id) template.value = found;
    } catch (error) {
      failure.value = asApiError(error);
    }
  };
  useEffect(() => {
    template.value = undefined;
    void load();
  }, [id]);
  if (failure.value) return <Failure failure={failure.value} onRetry={() => void load()} />;
  return (
    <div class="page templates-page">
      <p>
        <a class="back small" href="/templates">
          <Icon of={ArrowLeft} size={16} />
          {texts.back}
        </a>
      </p>
      {template.value ? (
        <Preview template={template.value} />
      ) : (
        <Skeleton label={texts.loading} count={2} height={240} />
      )}
    </div>
  );
}
