import { useSignal } from '@preact/signals';
import { Play } from 'lucide';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import type { WatchedRun } from './watch-run.js';

/** What stands above the composer while the run is paused; replies are kept until it goes on. */
export function RunPause({ run }: { run: WatchedRun }) {
  const isAsking = useSignal(false);
  const failure = useSignal('');
  const goOn = async () => {
    isAsking.value = true;
    failure.value = (await run.goOn()) ?? '';
    isAsking.value = false;
  };
  return (
    <div class="run-pause">
      <p class="muted">{texts.run.paused}</p>
      <Button kind="primary" busy={isAsking.value} onClick={() => void goOn()}>
        {!isAsking.value && <Icon of={Play} size={16} />}
        {texts.run.goOn}
      </Button>
      {failure.value && <Notice>{failure.value}</Notice>}
    </div>
  );
}
