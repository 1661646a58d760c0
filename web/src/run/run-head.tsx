import { useSignal } from '@preact/signals';
import { ArrowLeft, CircleStop, ScrollText } from 'lucide';
import type { RunVersion } from '@crmflow/contracts';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import { PageTitle } from '../ui/page-title.js';
import type { WatchedRun } from './watch-run.js';

type Props = {
  run: WatchedRun;
  name: string;
  version: RunVersion;
  isOver: boolean;
  isLogOpen: boolean;
  onLog: () => void;
};

/** The run's name, and what can be done with it. */
export function RunHead({ run, name, version, isOver, isLogOpen, onLog }: Props) {
  const isCancelling = useSignal(false);
  const failure = useSignal('');
  const cancel = async () => {
    isCancelling.value = true;
    failure.value = (await run.cancel()) ?? '';
    if (failure.value) isCancelling.value = false;
  };
  return (
    <header class="run-head">
      <a class="button quiet" href="/" aria-label={texts.flows.title}>
        <Icon of={ArrowLeft} />
        <span class="word">{texts.run.back}</span>
      </a>
      <div class="name">
        <PageTitle title={name || texts.run.untitled} />
        <span class="badge">
          {version === 'draft' ? texts.run.draft : texts.run.version(version)}
        </span>
      </div>
      <Button aria-expanded={isLogOpen} aria-label={texts.log.open} onClick={onLog}>
        <Icon of={ScrollText} />
        <span class="word">{texts.log.open}</span>
      </Button>
      {!isOver && (
        <Button
          aria-label={texts.run.cancel}
          title={texts.run.cancel}
          busy={isCancelling.value}
          onClick={() => void cancel()}
        >
          {!isCancelling.value && <Icon of={CircleStop} />}
          <span class="word">{isCancelling.value ? texts.run.cancelling : texts.run.cancel}</span>
        </Button>
      )}
      {failure.value && <Notice>{failure.value}</Notice>}
    </header>
  );
}
