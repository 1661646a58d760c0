import { useSignal } from '@preact/signals';
import { Rocket } from 'lucide';
import type { ApiError } from '../../api/api-error.js';
import { asApiError } from '../../api/as-api-error.js';
import { publishWorkflow } from '../../api/workflows.js';
import { Button } from '../../ui/button.js';
import { Faults } from '../../ui/faults.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../editor-texts.js';
import type { OpenFlow } from '../open-editor.js';

/** Makes the flow as it is drawn what new runs take; where it cannot be, says why. */
export function PublishButton({ flow: { id, saving } }: { flow: OpenFlow }) {
  const isBusy = useSignal(false);
  const version = useSignal<number | undefined>(undefined);
  const failure = useSignal<ApiError | undefined>(undefined);

  const publish = async () => {
    isBusy.value = true;
    failure.value = undefined;
    version.value = undefined;
    try {
      await saving.flush();
      version.value = (await publishWorkflow(id)).number;
    } catch (error) {
      failure.value = asApiError(error);
    }
    isBusy.value = false;
  };
  const close = () => {
    failure.value = undefined;
    version.value = undefined;
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
                <Faults errors={failure.value.errors} />
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
