import { LocateFixed, PencilLine } from 'lucide';
import type { Message } from '../../chat/progress.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import type { TestSession } from './test-session.js';

/** From a message to the node that said it or took it; and back there, to answer otherwise. */
export function MessageActions({
  message: { role, nodeId, visit },
  session,
  onShow,
}: {
  message: Message;
  session: TestSession;
  onShow: (nodeId: string) => void;
}) {
  if (nodeId === undefined) return null;
  return (
    <span class="message-actions">
      <Button
        kind="quiet"
        size="small"
        aria-label={texts.test.showNode}
        title={texts.test.showNode}
        onClick={() => onShow(nodeId)}
      >
        <Icon of={LocateFixed} size={14} />
      </Button>
      {role === 'user' && (
        <Button
          kind="quiet"
          size="small"
          aria-label={texts.test.answerAgain}
          title={texts.test.answerAgain}
          disabled={session.isStarting.value}
          onClick={() => void session.goBack(nodeId, visit)}
        >
          <Icon of={PencilLine} size={14} />
        </Button>
      )}
    </span>
  );
}
