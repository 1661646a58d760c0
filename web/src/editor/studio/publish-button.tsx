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
import type { PublishDialog } from '../tests/publish-dialog.js';
import type { Suite } from '../tests/suite.js';
import type { Commands } from './commands/studio-commands.js';
import type { StudioState } from './studio-state.js';

/** Makes the flow as it is drawn what new runs take; where it cannot be, says why. */
export function PublishButton({
  flow: { id, saving, checker, editor },
  state,
  suite,
  commands,
  isPublished,
  onPublished,
}: {
  flow: OpenFlow;
  state: StudioState;
  suite: Suite;
  commands: Commands;
  /** Whether it has a version already, and so runs. */
  isPublished: boolean;
  onPublished: () => void;
}) {
  const isBusy = useSignal(false);
  const version = useSignal<number | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);

  const Asking = useSignal<{ Dialog: typeof PublishDialog } | undefined>(undefined);

  const close = () => {
    failure.value = undefined;
    version.value = undefined;
  };
  const publish = async (override?: string) => {
    version.value = await saving.whenSaved(async (revision) => {
      return (await publishFlow(id, revision, override)).number;
    });
    onPublished();
  };
  /** Where there is nothing to look at first, it is published at once. */
  const begin = async () => {
    close();
    // What is seen here already need not be asked.
    if (checker.issues.peek().some(({ severity }) => severity === 'error')) {
      toast(texts.publish.blocked, { kind: 'failed' });
      state.areIssuesShown.value = true;
      return;
    }
    isBusy.value = true;
    try {
      // Tests that somebody else has written meanwhile count too.
      await suite.load();
      const { value: unread } = suite.failure;
      if (unread) throw unread;
      if (isPublished || suite.tests.peek()?.length !== 0) {
        await saving.whenSaved(async () => undefined);
        Asking.value = { Dialog: (await import('../tests/publish-dialog.js')).PublishDialog };
      } else await publish();
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
        onClick={() => void begin()}
      >
        {!isBusy.value && <Icon of={Rocket} size={16} />}
        <span class="word">{isBusy.value ? texts.publish.publishing : texts.publish.label}</span>
      </Button>
      {Asking.value && (
        <Asking.value.Dialog
          flowId={id}
          tests={suite.tests.value ?? []}
          onOpen={(testId) => {
            Asking.value = undefined;
            suite.view.value = 'tests';
            suite.opened.value = testId;
            state.panel.value = 'tests';
            void suite.run([testId]);
          }}
          onPublish={async (override) => {
            await publish(override);
            Asking.value = undefined;
          }}
          onClose={() => (Asking.value = undefined)}
        />
      )}
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
