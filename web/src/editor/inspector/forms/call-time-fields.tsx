import { texts } from '../../editor-texts.js';
import { DurationControl } from '../fields/duration-control.js';

type CallTimes = { timeout?: string | undefined; retryFor?: string | undefined };

/** How long a node waits for the service that it calls, and how long it retries. */
export function CallTimeFields({
  data,
  timeoutHint,
  retryHint,
  onChange,
}: {
  data: CallTimes;
  timeoutHint: string;
  retryHint: string;
  onChange: (field: keyof CallTimes, change: CallTimes) => void;
}) {
  return (
    <>
      <DurationControl
        label={texts.form.attemptTimeout}
        field="timeout"
        hint={timeoutHint}
        emptyUnit="seconds"
        value={data.timeout ?? ''}
        onChange={(timeout) => onChange('timeout', { timeout: timeout || undefined })}
      />
      <DurationControl
        label={texts.form.retryFor}
        field="retryFor"
        hint={retryHint}
        min={0}
        emptyUnit="minutes"
        value={data.retryFor ?? ''}
        onChange={(retryFor) => onChange('retryFor', { retryFor: retryFor || undefined })}
      />
    </>
  );
}
