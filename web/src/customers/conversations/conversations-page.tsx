import { Activity } from 'lucide';
import { FlowFrame } from '../../flow-frame/flow-frame.js';
import { texts as shared } from '../../texts.js';
import { Icon } from '../../ui/icon.js';
import { PageTitle } from '../../ui/page-title.js';
import { texts } from '../customers-texts.js';
import { ConversationList } from './conversation-list.js';

/** What customers and flows say to each other in the workspace, at `/conversations`. */
export function ConversationsPage() {
  const words = texts.conversations;
  return (
    <div class="page talks-page">
      <div class="page-head">
        <PageTitle title={words.title} />
        <a class="button quiet" href="/runs" title={words.runsHint}>
          <Icon of={Activity} />
          {words.runs}
        </a>
      </div>
      <ConversationList
        empty={
          <>
            <p class="muted">{words.empty.text}</p>
            <a class="button primary" href="/">
              {words.empty.flows}
            </a>
          </>
        }
      />
    </div>
  );
}

/** What customers say to one flow, at `/flows/:id/conversations`. */
export function FlowConversationsPage() {
  const words = texts.conversations;
  return (
    <FlowFrame section="conversations">
      {({ id, name }) => (
        <div class="page talks-page">
          <div class="page-head">
            <PageTitle title={shared.frame.titleOf(words.title, name)}>{words.title}</PageTitle>
            <a class="button quiet" href={`/runs?workflowId=${id}`} title={words.runsHint}>
              <Icon of={Activity} />
              {words.runs}
            </a>
          </div>
          <ConversationList
            flowId={id}
            empty={
              <>
                <p class="muted">{words.emptyOfFlow.text}</p>
                <a class="button primary" href={`/flows/${id}/share`}>
                  {words.emptyOfFlow.share}
                </a>
              </>
            }
          />
        </div>
      )}
    </FlowFrame>
  );
}
