import type { Workspace, WorkspaceSettings } from '@crmflow/contracts';
import { limits } from '@crmflow/contracts/limits';
import { useSignal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { changeWorkspace } from '../../api/workspaces.js';
import { loadWorkspaces } from '../../session/workspace.js';
import { language } from '../../texts/language.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { useSubmit } from '../../ui/dialog/use-submit.js';
import type { FieldFaults } from '../../ui/field-faults.js';
import { Field } from '../../ui/field/field.js';
import { Notice } from '../../ui/notice.js';
import { toast } from '../../ui/toast/toast.js';
import { texts } from '../settings-texts.js';

type Kind = 'runDays' | 'testRunDays';
type Retention = Pick<WorkspaceSettings, Kind>;
type Days = WorkspaceSettings[Kind];

const kinds: readonly Kind[] = ['runDays', 'testRunDays'];
/** What the field says when somebody first chooses to delete. */
const usualDays = 90;

const number = new Intl.NumberFormat(language);
const range = () => texts.retention.range(number.format(limits.runDays));

/** For how long runs are kept, in words. */
export const keptFor = (days: Days): string =>
  days === null ? texts.retention.forever : texts.retention.after(days);

/** @throws ApiError at the field, where it has no number of days */
function readDays(data: FormData, kind: Kind): Days {
  if (data.get(`${kind}.kept`) === 'forever') return null;
  const days = Number(data.get(kind));
  if (Number.isInteger(days) && days >= 1 && days <= limits.runDays) return days;
  throw new ApiError('invalid', range(), [{ path: kind, message: range() }]);
}

/** Whether runs may be deleted that are kept by now. */
const isShorter = (next: Days, now: Days) => (next ?? Infinity) < (now ?? Infinity);

function Choice({ kind, days, faults }: { kind: Kind; days: Days; faults: FieldFaults['fields'] }) {
  const words = texts.retention;
  const isForever = useSignal(days === null);
  const radio = (value: 'forever' | 'days', label: string) => (
    <label>
      <input
        type="radio"
        name={`${kind}.kept`}
        value={value}
        checked={isForever.value === (value === 'forever')}
        onChange={() => (isForever.value = value === 'forever')}
      />
      {label}
    </label>
  );
  return (
    <fieldset class="setting-choices">
      <legend class="setting-label">{words.kinds[kind]}</legend>
      {radio('forever', words.forever)}
      {radio('days', words.delete)}
      {!isForever.value && (
        <Field
          name={kind}
          label={words.days[kind]}
          hint={range()}
          autocomplete="off"
          defaultValue={String(days ?? usualDays)}
          fault={faults[kind] && range()}
        />
      )}
    </fieldset>
  );
}

/** For how long ended runs are kept. What is shortened is asked about first: it deletes for good. */
export function RetentionForm({ workspace: { id, settings } }: { workspace: Workspace }) {
  const words = texts.retention;
  const asked = useSignal<Retention | null>(null);
  const save = async (retention: Retention) => {
    await changeWorkspace(id, { settings: retention });
    await loadWorkspaces();
    toast(texts.saved);
  };
  const sending = useSubmit(async (data) => {
    const next = { runDays: readDays(data, 'runDays'), testRunDays: readDays(data, 'testRunDays') };
    if (kinds.some((kind) => isShorter(next[kind], settings[kind]))) asked.value = next;
    else await save(next);
  });
  const { fields, general } = sending.faults.value;
  const { value: next } = asked;
  return (
    <section class="setting-part" aria-labelledby="retention">
      <h2 id="retention">{words.title}</h2>
      <p class="muted small">{words.text}</p>
      <form class="section-form" noValidate onSubmit={sending.onSubmit}>
        {general !== undefined && <Notice>{general}</Notice>}
        {kinds.map((kind) => (
          <Choice key={kind} kind={kind} days={settings[kind]} faults={fields} />
        ))}
        <div>
          <Button kind="primary" type="submit" busy={sending.isBusy.value}>
            {words.save}
          </Button>
        </div>
      </form>
      {next && (
        <ConfirmDialog
          title={words.confirmTitle}
          text={kinds
            .filter((kind) => isShorter(next[kind], settings[kind]))
            .map((kind) => words.confirm[kind](next[kind] ?? 0))
            .concat(words.confirmText)
            .join(' ')}
          confirm={words.confirmButton}
          onConfirm={() => save(next)}
          onClose={() => (asked.value = null)}
        />
      )}
    </section>
  );
}
