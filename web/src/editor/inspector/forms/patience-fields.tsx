import { texts } from '../../editor-texts.js';
import { DurationControl } from '../fields/duration-control.js';

type Patience = { timeout?: string | undefined; retryFor?: string | undefined };

/** How long a node waits for the service that it calls, and how long it retries. */
export function PatienceFields({
  data,
  timeoutHint,
  retryHint,
  onChange,
}: {
  data: Patience;
  timeoutHint: string;
  retryHint: string;
  onChange: (field: keyof Patience, change: Patience) => void;
}) {
  return (
    <>
      <DurationControl
        label={texts.form.attemptTimeout}
        hint={timeoutHint}
        emptyUnit="seconds"
        value={data.timeout ?? ''}
        onChange={(timeout) => onChange('timeout', { timeout: timeout || undefined })}
      />
      <DurationControl
        label={texts.form.retryFor}
        hint={retryHint}
        min={0}
        emptyUnit="minutes"
        value={data.retryFor ?? ''}
        onChange={(retryFor) => onChange('retryFor', { retryFor: retryFor || undefined })}
      />
    </>
  );
}
