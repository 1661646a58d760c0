import type { BackfillResult } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { backfill } from '../../api/schedules.js';
import { texts as shared } from '../../texts.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { useSubmit } from '../../ui/dialog/use-submit.js';
import { Field } from '../../ui/field/field.js';
import { asLocal } from '../../ui/format/local-time.js';
import { textOf } from '../../ui/format/text-of.js';
import { Notice } from '../../ui/notice.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../share-texts.js';

/** A time that was typed. @throws ApiError where there is none */
function timeOf(data: FormData, name: 'from' | 'to'): string {
  const time = new Date(textOf(data, name));
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  const message = texts.schedule.backfill.missing;
  throw new ApiError('invalid', message, [{ path: name, message }]);
}

const dayMs = 86_400_000;

/** Runs a schedule for times of the past: counts them first, and starts them when that was seen. */
export function BackfillDialog({
  id,
  onDone,
  onClose,
}: {
  id: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = texts.schedule.backfill;
  const counted = useSignal<BackfillResult | undefined>(undefined);
  const fresh = counted.value ? counted.value.count - counted.value.known : 0;
  const sending = useSubmit(async (data) => {
    const range = { from: timeOf(data, 'from'), to: timeOf(data, 'to') };
    if (fresh === 0) {
      counted.value = await backfill(id, { ...range, dryRun: true });
      return;
    }
    await backfill(id, { ...range, dryRun: false });
    toast(words.done);
    onDone();
    onClose();
  });
  const { fields, general } = sending.faults.value;
  return (
    <Dialog title={words.title} text={words.text} onClose={onClose}>
      <form noValidate onSubmit={sending.onSubmit} onInput={() => (counted.value = undefined)}>
        {general !== undefined && <Notice>{general}</Notice>}
        <div class="schedule-rhythm schedule-bounds">
          <Field
            name="from"
            label={words.from}
            type="datetime-local"
            defaultValue={asLocal(new Date(Date.now() - dayMs))}
            fault={fields['from']}
          />
          <Field
            name="to"
            label={words.to}
            type="datetime-local"
            defaultValue={asLocal(new Date())}
            fault={fields['to']}
          />
        </div>
        {counted.value && (
          <p role="status">
            {fresh > 0 ? words.found(counted.value.count, counted.value.known) : words.nothing}
          </p>
        )}
        <div class="actions">
          <Button onClick={onClose}>{shared.cancel}</Button>
          <Button kind="primary" type="submit" busy={sending.isBusy.value}>
            {fresh > 0 ? words.start(fresh) : words.count}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
