import type { Replay } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Crosshair, History } from 'lucide';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog/dialog.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';
import { replayedCount, type Suite } from './suite.js';

type Props = {
  suite: Suite;
  onShow: (nodeId: string) => void;
  labelOf: (nodeId: string) => string;
};

/** The two ways beside each other, with where they part. */
function SideBySide({ replay, labelOf }: { replay: Replay; labelOf: Props['labelOf'] }) {
  const words = texts.tests.replay;
  const parted = replay.was.findIndex((id, index) => replay.path[index] !== id);
  const from = parted < 0 ? replay.was.length : parted;
  const way = (ids: readonly string[]) => (
    <ol>
      {ids.map((id, index) => (
        <li key={index} class={index >= from ? 'other' : undefined}>
          {labelOf(id)}
        </li>
      ))}
    </ol>
  );
  return (
    <div class="replay-ways">
      <section aria-label={words.was}>
        <h3>{words.was}</h3>
        {way(replay.was)}
      </section>
      <section aria-label={words.is}>
        <h3>{words.is}</h3>
        {way(replay.path)}
      </section>
    </div>
  );
}

const tones = { same: 'ok', other_way: 'warn', not_comparable: '' } as const;

/** Past conversations on the draft: which take the same way, which another one. */
export function Replays({ suite, onShow, labelOf }: Props) {
  const words = texts.tests.replay;
  const compared = useSignal<Replay | undefined>(undefined);
  const { value: replay } = suite.replay;
  const results = replay?.results ?? [];
  const count = (outcome: Replay['outcome']) =>
    results.filter((one) => one.outcome === outcome).length;
  return (
    <>
      <p class="small muted">{words.explain(replayedCount)}</p>
      <div>
        <Button
          kind="primary"
          size="small"
          busy={suite.busy.value === 'replay'}
          onClick={() => void suite.replayNewest()}
        >
          {suite.busy.value !== 'replay' && <Icon of={History} size={16} />}
          {replay ? words.again : words.start}
        </Button>
      </div>
      <p class="small" role="status">
        {replay &&
          (results.length === 0
            ? words.none
            : words.summary(count('same'), count('other_way'), count('not_comparable')))}
      </p>
      <ul class="replays">
        {results.map((one) => (
          <li key={one.runId}>
            <span class={`tag small ${tones[one.outcome]}`}>{words.outcomes[one.outcome]}</span>
            {one.nodeId !== undefined && (
              <button
                type="button"
                class="link small"
                onClick={() => one.nodeId !== undefined && onShow(one.nodeId)}
              >
                <Icon of={Crosshair} size={14} />
                {words.from(labelOf(one.nodeId))}
              </button>
            )}
            <span class="replay-links small">
              <button type="button" class="link" onClick={() => (compared.value = one)}>
                {words.compare}
              </button>
              <a href={`/runs/${encodeURIComponent(one.runId)}`}>{words.openRun}</a>
            </span>
            {one.reason !== undefined && <p class="small muted">{one.reason}</p>}
          </li>
        ))}
      </ul>
      {compared.value && (
        <Dialog title={words.title} size="large" onClose={() => (compared.value = undefined)}>
          <SideBySide replay={compared.value} labelOf={labelOf} />
          <div class="actions">
            <Button onClick={() => (compared.value = undefined)}>{texts.close}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
