import type { ScheduleDeployment, ScheduleSettings } from '@crmflow/contracts';
import { parseDuration } from '@crmflow/contracts/duration';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { durationWords } from '../../ui/format/duration-words.js';
import { asLocal } from '../../ui/format/local-time.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { NextTimesPart } from './next-times.js';
import { RhythmFields, rhythmSentence } from './rhythm-fields.js';
import { type Rhythm, rhythmOf, rhythmOfCron, settingsOfRhythm } from './rhythm.js';

type Bounds = Pick<ScheduleSettings, 'timezone' | 'jitter' | 'startAt' | 'endAt'>;

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const jitters = ['PT1M', 'PT5M', 'PT15M', 'PT1H', 'PT6H'];

const inputOf = (stored: string | null) => (stored === null ? '' : asLocal(new Date(stored)));

/** A bound as it was typed; what was not touched keeps its seconds. */
function boundOf(typed: string, stored: string | null): string | null {
  if (typed === inputOf(stored)) return stored;
  return typed === '' ? null : new Date(typed).toISOString();
}

/** What is typed into one field, as a change of the rhythm. */
function typedRhythm(name: string, text: string): Partial<Rhythm> {
  if (name === 'cron') return { kind: 'cron', cron: text };
  if (name === 'every') return { count: text };
  if (name === 'time') return text === '' ? {} : { time: text };
  return name === 'minute' || name === 'day' ? { [name]: text } : {};
}

/** When the schedule is due, with its next times as they would be. */
export function WhenSection({ deployment, change }: SectionProps<ScheduleDeployment>) {
  const words = texts.schedule;
  const { settings } = deployment;
  const rhythm = useSignal<Rhythm>(rhythmOf(settings));
  const bounds = useSignal<Bounds>({
    timezone: settings.timezone,
    jitter: settings.jitter,
    startAt: settings.startAt,
    endAt: settings.endAt,
  });
  const zoneList = useId();
  const set = (part: Partial<Rhythm>) => (rhythm.value = { ...rhythm.value, ...part });
  const listen = ({ target, currentTarget }: { target: unknown; currentTarget: HTMLElement }) => {
    const form = currentTarget.closest('form');
    if (!form || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement))
      return;
    if (target instanceof HTMLInputElement && target.type !== 'checkbox')
      set(typedRhythm(target.name, target.value));
    const data = new FormData(form);
    bounds.value = {
      timezone: textOf(data, 'timezone').trim(),
      jitter: textOf(data, 'jitter') || null,
      startAt: boundOf(textOf(data, 'startAt'), settings.startAt),
      endAt: boundOf(textOf(data, 'endAt'), settings.endAt),
    };
  };
  const wanted = { ...settingsOfRhythm(rhythm.value), ...bounds.value };
  const shownJitters = [
    ...new Set([...jitters, ...(settings.jitter === null ? [] : [settings.jitter])]),
  ];
  return (
    <>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={async () => {
          await change({ settings: wanted });
          // What was typed as cron may have a simpler name.
          if (rhythm.value.kind === 'cron') rhythm.value = rhythmOfCron(rhythm.value.cron);
        }}
      >
        {(faults) => (
          <div class="schedule-when" onInput={listen} onChange={listen}>
            <p class="schedule-sentence" role="status">
              {rhythmSentence(rhythm.value, bounds.value.timezone)}
            </p>
            <RhythmFields rhythm={rhythm.value} faults={faults} set={set} />
            <Field
              name="timezone"
              label={words.timezone}
              hint={words.timezoneHint}
              autocomplete="off"
              list={zoneList}
              value={bounds.value.timezone}
              fault={faults['timezone']}
            />
            <datalist id={zoneList}>
              {zones.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
            <div class="schedule-rhythm schedule-bounds">
              <Field
                name="startAt"
                label={words.startAt}
                aside={words.optional}
                type="datetime-local"
                hint={words.boundsHint(ownZone)}
                defaultValue={inputOf(settings.startAt)}
                fault={faults['startAt']}
              />
              <Field
                name="endAt"
                label={words.endAt}
                aside={words.optional}
                type="datetime-local"
                hint={words.boundsHint(ownZone)}
                defaultValue={inputOf(settings.endAt)}
                fault={faults['endAt']}
              />
            </div>
            <SelectField
              name="jitter"
              label={words.jitter}
              hint={words.jitterHint}
              options={[
                { value: '', label: words.noJitter },
                ...shownJitters.map((value) => ({
                  value,
                  label: words.upTo(durationWords(parseDuration(value) ?? 0)),
                })),
              ]}
              defaultValue={settings.jitter ?? ''}
              fault={faults['jitter']}
            />
          </div>
        )}
      </SectionForm>
      <NextTimesPart deployment={deployment} settings={wanted} />
    </>
  );
}
