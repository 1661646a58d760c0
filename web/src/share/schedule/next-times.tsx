import type { NextTimes, ScheduleDeployment, UpdateDeployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { asApiError } from '../../api/as-api-error.js';
import { previewTimes } from '../../api/schedules.js';
import { locale } from '../../texts/language.js';
import { Notice } from '../../ui/notice.js';
import { texts } from '../share-texts.js';

/** So long nobody has typed before the times are asked for. */
const quietMs = 300;

/** Times come as the clocks of the schedule show them, and are shown so, wherever the reader is. */
const asShown = (time: string) => new Date(`${time.slice(0, 16)}Z`);
const full = new Intl.DateTimeFormat(locale, {
  ...({ weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' } as const),
  ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const),
});
const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

const offsetOf = (time: string) => {
  const offset = /[+-]\d\d:\d\d$/.exec(time)?.[0] ?? '';
  return offset === '+00:00' ? 'UTC' : `UTC${offset}`;
};

function warningWords({ code, local = '', message }: NextTimes['warnings'][number]): string {
  const words = texts.schedule.next;
  const [on, time] = [local === '' ? '' : date.format(asShown(local)), local.slice(11)];
  if (code === 'skipped_time') return words.skipped(on, time);
  if (code === 'repeated_time') return words.repeated(on, time);
  return code === 'both_days' ? words.bothDays : message;
}

/** The next ten times of a schedule as it is set up in the form, and what is to be known of them. */
export function NextTimesPart({
  deployment: { id, enabled },
  settings,
}: {
  deployment: ScheduleDeployment;
  /** As they would be saved. */
  settings: NonNullable<UpdateDeployment['settings']>;
}) {
  const words = texts.schedule.next;
  const found = useSignal<NextTimes | undefined>(undefined);
  const fault = useSignal<string | undefined>(undefined);
  const asked = JSON.stringify(settings);
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      try {
        const next = await previewTimes(id, settings);
        if (isOver) return;
        found.value = next;
        fault.value = undefined;
      } catch (error) {
        if (isOver) return;
        const { errors, message } = asApiError(error);
        fault.value = errors[0] ? errors[0].message : message;
      }
    };
    const timer = setTimeout(() => void ask(), found.peek() ? quietMs : 0);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [id, asked]);
  const { times = [], warnings = [] } = found.value ?? {};
  return (
    <section class="share-part" aria-labelledby="next-times">
      <h2 id="next-times">{words.title}</h2>
      {!enabled && <p class="small muted">{words.paused}</p>}
      {fault.value !== undefined ? (
        <p class="small share-fault" role="status">
          {fault.value}
        </p>
      ) : found.value === undefined ? (
        <p class="muted">{words.loading}</p>
      ) : (
        <>
          {warnings
            .filter(({ code }) => code !== 'no_times')
            .map((warning) => (
              <Notice key={warning.code + (warning.at ?? '')} kind="info">
                {warningWords(warning)}
              </Notice>
            ))}
          {times.length === 0 ? (
            <p class="muted">{words.none}</p>
          ) : (
            <ol class="schedule-times">
              {times.map((time) => (
                <li key={time}>
                  <time dateTime={time}>{full.format(asShown(time))}</time>
                  <span class="small muted">{offsetOf(time)}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </section>
  );
}
