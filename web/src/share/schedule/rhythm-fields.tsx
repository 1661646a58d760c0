import { language } from '../../texts/language.js';
import { listWords } from '../../ui/format/list-words.js';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import type { FieldFaults } from '../../ui/field-faults.js';
import { texts } from '../share-texts.js';
import {
  cronOf,
  type IntervalUnit,
  intervalUnits,
  type Rhythm,
  rhythmKinds,
  weekDays,
} from './rhythm.js';

/** The names of days, from a Monday on. */
const dayNames = (weekday: 'short' | 'long') => {
  const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
  return weekDays.map((_, index) => format.format(Date.UTC(2026, 5, 1 + index)));
};

/** The rhythm as people say it: "Every weekday at 09:00, Berlin time". */
export function rhythmSentence(rhythm: Rhythm, timezone: string): string {
  const words = texts.schedule.sentence;
  const { kind, unit, count, minute, time, days, day } = rhythm;
  const place = timezone.split('/').at(-1)?.replaceAll('_', ' ') ?? '';
  const within = (sentence: string) => (place === '' ? sentence : words.in(sentence, place));
  switch (kind) {
    case 'interval':
      return words.interval[unit](count);
    case 'hourly':
      return words.hourly(minute.padStart(2, '0'));
    case 'weekly': {
      const long = dayNames('long');
      const chosen = long.filter((_, index) => days.includes(weekDays[index] ?? ''));
      return within(
        chosen.length === 0 ? words.daily(time) : words.weekly(listWords(chosen), time),
      );
    }
    case 'monthly':
      return within(words.monthly(day, time));
    case 'daily':
    case 'weekdays':
      return within(words[kind](time));
    default:
      return within(words[kind]);
  }
}

function Days({ rhythm, set }: { rhythm: Rhythm; set: (change: Partial<Rhythm>) => void }) {
  const short = dayNames('short');
  return (
    <fieldset class="schedule-days">
      <legend>{texts.schedule.days}</legend>
      {weekDays.map((one, index) => (
        <label key={one}>
          <input
            type="checkbox"
            checked={rhythm.days.includes(one)}
            onChange={({ currentTarget }) =>
              set({
                days: currentTarget.checked
                  ? [...rhythm.days, one]
                  : rhythm.days.filter((other) => other !== one),
              })
            }
          />
          <span>{short[index]}</span>
        </label>
      ))}
    </fieldset>
  );
}

const timed = ['daily', 'weekdays', 'weekly', 'monthly'];

/** The fields for when a schedule is due: as people say it, with the cron expression beside it. */
export function RhythmFields({
  rhythm,
  faults,
  set,
}: {
  rhythm: Rhythm;
  faults: FieldFaults['fields'];
  set: (change: Partial<Rhythm>) => void;
}) {
  const words = texts.schedule;
  const { kind } = rhythm;
  const kinds = kind === 'fixed' ? [...rhythmKinds, 'fixed' as const] : rhythmKinds;
  const numbers = {
    interval: { name: 'every', label: words.count, value: rhythm.count },
    hourly: { name: 'minute', label: words.minute, value: rhythm.minute },
    monthly: { name: 'day', label: words.day, value: rhythm.day },
  };
  const number = kind in numbers ? numbers[kind as keyof typeof numbers] : undefined;
  return (
    <>
      <div class="schedule-rhythm">
        <SelectField<Rhythm['kind']>
          label={words.rhythm}
          name="kind"
          value={kind}
          options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(next) => set({ kind: next, ...(next === 'cron' && { cron: cronOf(rhythm) }) })}
        />
        {number && (
          <Field
            key={number.name}
            {...number}
            inputMode="numeric"
            autocomplete="off"
            fault={faults[number.name]}
          />
        )}
        {kind === 'interval' && (
          <SelectField<IntervalUnit>
            label={words.unit}
            name="unit"
            value={rhythm.unit}
            options={(Object.keys(intervalUnits) as IntervalUnit[]).map((value) => ({
              value,
              label: words.units[value],
            }))}
            onChange={(unit) => set({ unit })}
          />
        )}
        {timed.includes(kind) && (
          <Field name="time" label={words.time} type="time" value={rhythm.time} />
        )}
      </div>
      {kind === 'weekly' && <Days rhythm={rhythm} set={set} />}
      {kind !== 'interval' && kind !== 'fixed' && (
        <Field
          name="cron"
          label={words.cron}
          hint={words.cronHint}
          autocomplete="off"
          value={cronOf(rhythm)}
          fault={faults['cron']}
        />
      )}
    </>
  );
}
