import type { Firing, FiringState, ScheduleDeployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Play, RotateCcw } from 'lucide';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { createPagedList } from '../../api/paged-list.js';
import { listFirings, runNow } from '../../api/schedules.js';
import { newId } from '../../new-id.js';
import { may } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { durationWords } from '../../ui/format/duration-words.js';
import { whenever } from '../../ui/format/when.js';
import { Icon } from '../../ui/icon.js';
import { PagedItems } from '../../ui/paged-items.js';
import { Skeleton } from '../../ui/skeleton.js';
import { attempt } from '../../ui/toast/attempt.js';
import { toast } from '../../ui/toast/toast.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { BackfillDialog } from './backfill-dialog.js';

const looks: Partial<Record<FiringState, string>> = {
  ...{ running: 'live', ended: 'ok' },
  ...{ failed: 'bad', missed: 'bad', refused: 'bad' },
};

/** From so long on it is said how late a run started. */
const lateMs = 60_000;

function FiringRow({ firing }: { firing: Firing }) {
  const words = texts.schedule.firings;
  const { kind, state, scheduledAt, actualAt, runId, code, detail } = firing;
  const lateBy = actualAt === null ? 0 : Date.parse(actualAt) - Date.parse(scheduledAt);
  const reason = code === null ? undefined : (words.reasons[code] ?? detail);
  return (
    <li class="firing">
      <div class="firing-head">
        <time dateTime={scheduledAt}>{whenever(scheduledAt)}</time>
        <span class={`tag small ${looks[state] ?? ''}`}>{words.states[state]}</span>
        {kind !== 'scheduled' && <span class="small muted">{words.kinds[kind]}</span>}
        {kind === 'scheduled' && lateBy >= lateMs && (
          <span class="small muted">{words.late(durationWords(lateBy))}</span>
        )}
        {runId !== null && (
          <a class="small" href={`/runs/${runId}`}>
            {words.open}
          </a>
        )}
      </div>
      {reason && <p class="small muted">{reason}</p>}
    </li>
  );
}

/** What became of the times of a schedule, the newest first, and running its flow besides. */
export function FiringsSection({ deployment: { id } }: SectionProps<ScheduleDeployment>) {
  const words = texts.schedule.firings;
  const isStarting = useSignal(false);
  const isFilling = useSignal(false);
  /** The same until it was taken: a second click after a failure starts no second run. */
  const requestId = useRef(newId());
  const list = useMemo(() => createPagedList<Firing>((_, cursor) => listFirings(id, cursor)), [id]);
  const mayRead = may('run.read');
  useEffect(() => void (mayRead && list.show({})), [list, mayRead]);
  const start = async () => {
    isStarting.value = true;
    const isDone = await attempt(() => runNow(id, requestId.current));
    if (isDone) {
      requestId.current = newId();
      toast(words.started);
      await list.refresh();
    }
    isStarting.value = false;
  };
  const isNone = list.state.value === 'ready' && list.items.value.length === 0;
  return (
    <section class="share-part" aria-labelledby="firings-title">
      <h2 id="firings-title">{words.title}</h2>
      <p class="muted">{words.text}</p>
      <div class="firing-tools">
        {may('run.start') && (
          <>
            <Button size="small" busy={isStarting.value} onClick={() => void start()}>
              {!isStarting.value && <Icon of={Play} size={16} />}
              {words.runNow}
            </Button>
            <Button size="small" onClick={() => (isFilling.value = true)}>
              {words.backfill}
            </Button>
          </>
        )}
        {mayRead && (
          <Button kind="quiet" size="small" onClick={() => void list.refresh()}>
            <Icon of={RotateCcw} size={16} />
            {words.refresh}
          </Button>
        )}
      </div>
      {!mayRead ? (
        <p class="muted">{words.hidden}</p>
      ) : (
        <PagedItems
          list={list}
          words={{ failed: words.failed, more: texts.more }}
          skeleton={<Skeleton label={texts.loading} count={3} />}
        >
          {isNone ? (
            <p class="muted">{words.none}</p>
          ) : (
            <ul class="rows">
              {list.items.value.map((firing) => (
                <FiringRow key={firing.id} firing={firing} />
              ))}
            </ul>
          )}
        </PagedItems>
      )}
      {isFilling.value && (
        <BackfillDialog
          id={id}
          onDone={() => void list.refresh()}
          onClose={() => (isFilling.value = false)}
        />
      )}
    </section>
  );
}
