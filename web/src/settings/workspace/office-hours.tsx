import type { OfficeHours, Workspace } from '@crmflow/contracts';
import { weekdays } from '@crmflow/contracts/kinds';
import { useSignal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { changeWorkspace } from '../../api/workspaces.js';
import { loadWorkspaces } from '../../session/workspace.js';
import { language } from '../../texts/language.js';
import { AreaField } from '../../ui/field/area-field.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { texts } from '../settings-texts.js';
import { readPeriods, writePeriods } from './periods.js';

type Day = keyof OfficeHours['week'];

/** Weeks begin on Monday. */
const days: readonly Day[] = [...weekdays.slice(1), 'sun'];

const usual: OfficeHours['week']['mon'] = [{ from: '09:00', to: '17:00' }];
const newHours = (): OfficeHours => ({
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  week: { mon: usual, tue: usual, wed: usual, thu: usual, fri: usual, sat: [], sun: [] },
  closed: [],
});

const weekdayName = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
/** 3 January 2027 is a Sunday. */
const nameOf = (day: Day) => weekdayName.format(Date.UTC(2027, 0, 3 + weekdays.indexOf(day)));

const wrong = (path: string, message: string) =>
  new ApiError('invalid', message, [{ path, message }]);

const isDate = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** @throws ApiError at the field that cannot be read */
function readHours(data: FormData): OfficeHours {
  const words = texts.officeHours;
  const periodsOf = (day: Day) => {
    const periods = readPeriods(textOf(data, day));
    if (!periods) throw wrong(day, words.periodsInvalid);
    return periods;
  };
  const week = Object.fromEntries(days.map((day) => [day, periodsOf(day)])) as OfficeHours['week'];
  if (days.every((day) => week[day].length === 0)) throw wrong('mon', words.noDay);
  const closed = textOf(data, 'closed').split(/\s+/).filter(Boolean);
  const faulty = closed.find((date) => !isDate(date));
  if (faulty !== undefined) throw wrong('closed', words.closedInvalid(faulty));
  return { timezone: textOf(data, 'timezone').trim(), week, closed: [...new Set(closed)].sort() };
}

function Fields({
  hours: { timezone, week, closed },
  faults,
}: {
  hours: OfficeHours;
  faults: { readonly [field: string]: string | undefined };
}) {
  const words = texts.officeHours;
  return (
    <>
      <Field
        name="timezone"
        label={words.timezone}
        hint={words.timezoneHint}
        autocomplete="off"
        defaultValue={timezone}
        fault={faults['timezone']}
      />
      <fieldset class="office-days">
        <legend class="small muted">{words.periodsHint}</legend>
        {days.map((day) => (
          <Field
            key={day}
            name={day}
            label={nameOf(day)}
            autocomplete="off"
            defaultValue={writePeriods(week[day])}
            fault={faults[day]}
          />
        ))}
      </fieldset>
      <AreaField
        name="closed"
        label={words.closed}
        hint={words.closedHint}
        rows={3}
        defaultValue={closed.join('\n')}
        fault={faults['closed']}
      />
    </>
  );
}

/** When the team works. */
export function OfficeHoursForm({ workspace: { id, settings } }: { workspace: Workspace }) {
  const words = texts.officeHours;
  const { officeHours } = settings;
  const isSet = useSignal(officeHours !== null);
  const choice = (value: boolean, label: string) => (
    <label>
      <input
        type="radio"
        name="isSet"
        checked={isSet.value === value}
        onChange={() => (isSet.value = value)}
      />
      {label}
    </label>
  );
  return (
    <section class="setting-part" aria-labelledby="office-hours">
      <h2 id="office-hours">{words.title}</h2>
      <p class="muted small">{words.text}</p>
      <SectionForm
        submit={words.save}
        done={texts.saved}
        onSubmit={async (data) => {
          const next = isSet.peek() ? readHours(data) : null;
          await changeWorkspace(id, { settings: { officeHours: next } });
          await loadWorkspaces();
        }}
      >
        {(faults) => (
          <>
            <fieldset class="setting-choices">
              <legend class="visually-hidden">{words.title}</legend>
              {choice(false, words.always)}
              {choice(true, words.set)}
            </fieldset>
            {isSet.value && <Fields hours={officeHours ?? newHours()} faults={faults} />}
          </>
        )}
      </SectionForm>
    </section>
  );
}
