import type { FlowSummary } from '@crmflow/contracts';
import { ArrowLeft } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { MessagePage } from '../ui/message-page.js';
import { Notice } from '../ui/notice.js';
import { Skeleton } from '../ui/skeleton.js';
import { FrameMenu } from './frame-menu.js';
import { type FlowSection, FlowTabs, PublishedState } from './flow-tabs.js';
import { useFlowSummary, type WatchedSummary } from './use-flow-summary.js';
import './flow-frame.css';

/** What stands below the bar until the flow is known, and where it cannot be. */
function Unknown({ failure, reload }: WatchedSummary) {
  const words = texts.frame;
  const { value } = failure;
  if (value?.code === 'not_found' || value?.code === 'invalid') {
    return (
      <MessagePage title={texts.notFound.title} text={texts.notFound.text}>
        <a class="button" href="/">
          {texts.notFound.back}
        </a>
      </MessagePage>
    );
  }
  return (
    <div class="page">
      {value ? (
        <Notice
          action={
            <Button size="small" onClick={() => void reload()}>
              {texts.tryAgain}
            </Button>
          }
        >
          {words.failed}. {value.message}
        </Notice>
      ) : (
        <Skeleton label={words.loading} />
      )}
    </div>
  );
}

/** A page of a flow other than the studio, with the bar that all of them have. */
export function FlowFrame({
  section,
  children,
}: {
  section: FlowSection;
  /** The page, for a flow that is there. */
  children: (flow: FlowSummary, reload: () => Promise<void>) => ComponentChildren;
}) {
  const id = useRoute().params['id'] ?? '';
  const watched = useFlowSummary(id);
  const flow = watched.summary.value;
  return (
    <div class="flow-frame">
      <header class="flow-bar">
        <a
          class="button quiet square flow-back"
          href="/"
          aria-label={texts.frame.back}
          title={texts.frame.back}
        >
          <Icon of={ArrowLeft} />
        </a>
        <strong class="flow-bar-name">{flow?.name}</strong>
        {flow && <FrameMenu flow={flow} onRenamed={watched.reload} />}
        <PublishedState flow={flow} />
      </header>
      <FlowTabs flowId={id} name={flow?.name ?? ''} current={section} />
      <div class="flow-frame-body" key={id}>
        {flow ? children(flow, watched.reload) : <Unknown {...watched} />}
      </div>
    </div>
  );
}
