import { useSignal } from '@preact/signals';
import { Rocket } from 'lucide';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { publishFlow } from '../../api/flows.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../editor-texts.js';
import { asIssue } from '../../issues/issue-texts.js';
import { IssueList } from '../issues/issue-list.js';
import type { OpenFlow } from '../open-editor.js';
import type { Commands } from './commands/studio-commands.js';
import type { StudioState } from './studio-state.js';

/** Makes the flow as it is drawn what new runs take; where it cannot be, says why. */
export function PublishButton({
  flow: { id, saving, checker, editor },
  state,
  commands,
  onPublished,
}: {
  flow: OpenFlow;
  state: StudioState;
  commands: Commands;
  onPublished: () => void;
}) {
  const isBusy = useSignal(false);
  const version = useSignal<number | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);

  const close = () => {
    failure.value = undefined;
    version.value = undefined;
  };
  const publish = async () => {
    close();
    // What is seen here already need not be asked.
    if (checker.issues.peek().some(({ severity }) => severity === 'error')) {
      toast(texts.publish.blocked, { kind: 'failed' });
      state.areIssuesShown.value = true;
      return;
    }
    isBusy.value = true;
    try {
      version.value = await saving.whenSaved(async (revision) => {
        return (await publishFlow(id, revision)).number;
      });
      onPublished();
    } catch (error) {
      failure.value = asApiError(error);
    }
    isBusy.value = false;
  };
  const isInvalid = failure.value?.code === 'flow_invalid';

  return (
    <div class="publish">
      <Button
        kind="primary"
        size="small"
        aria-label={texts.publish.label}
        busy={isBusy.value}
        onClick={() => void publish()}
      >
        {!isBusy.value && <Icon of={Rocket} size={16} />}
        <span class="word">{isBusy.value ? texts.publish.publishing : texts.publish.label}</span>
      </Button>
      {(failure.value || version.value !== undefined) && (
        <div class="publish-answer">
          <Notice
            kind={failure.value ? 'error' : 'info'}
            action={
              <Button size="small" onClick={close}>
                {texts.close}
              </Button>
            }
          >
            {failure.value ? (
              <>
                {isInvalid ? texts.publish.blocked : failure.value.message}
                <IssueList
                  document={editor.document}
                  issues={failure.value.errors.map(asIssue)}
                  onJump={(issue) => {
                    close();
                    commands.reveal(issue);
                  }}
                />
              </>
            ) : (
              version.value !== undefined && texts.publish.done(version.value)
            )}
          </Notice>
        </div>
      )}
    </div>
  );
}
