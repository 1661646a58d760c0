import { useSignal } from '@preact/signals';
import { useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import type { ApiError } from '../../api/api-error.js';
import { texts as appTexts } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { MessagePage } from '../../ui/message-page.js';
import { texts } from '../editor-texts.js';
import { openEditor, type OpenFlow } from '../open-editor.js';
import { Studio } from './studio.js';

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

/** The studio of one flow, at `/flows/:id`. */
export function EditorPage() {
  const id = useRoute().params['id'] ?? '';
  const open = useSignal<OpenFlow | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);
  const attempt = useSignal(0);

  useEffect(() => {
    let isGone = false;
    open.value = undefined;
    failure.value = undefined;
    openEditor(id).then(
      (opened) => {
        if (isGone) opened.close();
        else open.value = opened;
      },
      (error: unknown) => {
        if (!isGone) failure.value = asApiError(error);
      },
    );
    return () => {
      isGone = true;
      open.peek()?.close();
    };
  }, [id, attempt.value]);

  return open.value ? (
    <Studio key={open.value.id} flow={open.value} />
  ) : (
    <NoFlow failure={failure.value} onRetry={() => (attempt.value += 1)} />
  );
}
