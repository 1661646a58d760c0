import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts } from '../runs-texts.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import type { RunCanvasProps } from './run-canvas.js';

async function load(): Promise<ComponentType<RunCanvasProps>> {
  const [{ RunCanvas }, { loadEditorTexts }] = await Promise.all([
    import('./run-canvas.js'),
    import('../../editor/editor-texts.js'),
  ]);
  await loadEditorTexts();
  return RunCanvas;
}

/** The canvas of a run; its code is fetched when it is first looked at. */
export function LazyRunCanvas(props: RunCanvasProps) {
  const loaded = useSignal<{ Canvas: ComponentType<RunCanvasProps> } | undefined>(undefined);
  const hasFailed = useSignal(false);
  const get = () => {
    hasFailed.value = false;
    load().then(
      (Canvas) => (loaded.value = { Canvas }),
      () => (hasFailed.value = true),
    );
  };
  useEffect(get, []);
  if (loaded.value) return <loaded.value.Canvas {...props} />;
  if (!hasFailed.value) {
    return (
      <div class="centered" role="status">
        <span class="spinner" />
      </div>
    );
  }
  return (
    <div class="centered">
      <Notice
        action={
          <Button size="small" onClick={get}>
            {shared.tryAgain}
          </Button>
        }
      >
        {texts.timeline.flowFailed}. {shared.notLoaded.text}
      </Notice>
    </div>
  );
}
