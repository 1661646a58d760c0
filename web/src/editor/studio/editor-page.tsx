import type { FlowResource } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { enterFlow } from '../../session/enter-flow.js';
import { may } from '../../session/workspace.js';
import type { ApiError } from '../../api/api-error.js';
import { texts as appTexts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { MessagePage } from '../../ui/message-page.js';
import { texts } from '../editor-texts.js';
import { openEditor, type OpenFlow } from '../open-editor.js';
import { Studio } from './studio.js';
import { ViewOnly } from './view-only.js';

function NoFlow({ failure, onRetry }: { failure: ApiError | undefined; onRetry: () => void }) {
  if (!failure) {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
        <p class="muted">{texts.loading}</p>
      </div>
    );
  }
  const isNothing = failure.code === 'not_found' || failure.code === 'invalid';
  return (
    <MessagePage
      title={isNothing ? appTexts.notFound.title : texts.failed}
      text={isNothing ? appTexts.notFound.text : failure.message}
    >
      {!isNothing && (
        <Button kind="primary" onClick={onRetry}>
          {appTexts.tryAgain}
        </Button>
      )}
      <a class="button" href="/">
        {appTexts.notFound.back}
      </a>
    </MessagePage>
  );
}

/** What is shown of a flow: the studio, or to those who may not change it, the flow. */
type Shown = { kind: 'studio'; open: OpenFlow } | { kind: 'view'; flow: FlowResource };

async function show(id: string): Promise<Shown> {
  const flow = await enterFlow(id);
  if (!flow.isOwn || !may('flow.change')) return { kind: 'view', flow };
  return { kind: 'studio', open: await openEditor(flow) };
}

function close(shown: Shown | undefined): void {
  if (shown?.kind === 'studio') shown.open.close();
}

/** The studio of one flow, at `/flows/:id`. */
export function EditorPage() {
  const id = useRoute().params['id'] ?? '';
  const shown = useSignal<Shown | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const attempt = useSignal(0);
  const mayChange = may('flow.change');

  useEffect(() => {
    let isGone = false;
    shown.value = undefined;
    failure.value = undefined;
    show(id).then(
      (found) => {
        if (isGone) close(found);
        else shown.value = found;
      },
      (error: unknown) => {
        if (!isGone) failure.value = asApiError(error);
      },
    );
    return () => {
      isGone = true;
      close(shown.peek());
    };
  }, [id, attempt.value, mayChange]);

  const { value } = shown;
  if (!value) return <NoFlow failure={failure.value} onRetry={() => (attempt.value += 1)} />;
  // The flow that is shown: the address is that of the next one a moment earlier.
  if (value.kind === 'view') return <ViewOnly key={value.flow.id} flow={value.flow} />;
  return <Studio key={value.open.id} flow={value.open} />;
}
