import type { RunVersion } from '@crmflow/contracts';
import { texts } from '../runs-texts.js';
import { texts as appTexts } from '../../texts.js';
import { whenever } from '../../ui/format/when.js';
import type { RunEntry } from './entry.js';
import { errorText } from '../../texts/error-text.js';

type LabelOf = (nodeId: string) => string;

const versionWords = (version: RunVersion) =>
  version === 'draft' ? texts.timeline.run.draft : texts.timeline.run.version(version);

function wordsOf({ event }: RunEntry, labelOf: LabelOf): string {
  if (event.type === 'run.finished') {
    const { status, error } = event.data;
    return `${appTexts.runStatuses[status]}${error ? ` · ${errorText(error)}` : ''}`;
  }
  if (event.type === 'control.changed') {
    const { by, name, how = 'reask' } = event.data;
    const who = name ?? texts.timeline.speaker.operator;
    return by === 'operator' ? texts.timeline.control.taken(who) : texts.timeline.control[how](who);
  }
  const { version, resumed } = event.data;
  if (!resumed) return texts.timeline.run.started(versionWords(version));
  const { by, nodeId, fromVersion } = resumed;
  if (by === 'migrate') {
    const from = fromVersion === undefined ? '' : versionWords(fromVersion);
    return texts.timeline.run.migrate(from, versionWords(version));
  }
  return texts.timeline.run[by](labelOf(nodeId));
}

/** A line about the run as a whole. */
export function RunRow({ entry, labelOf }: { entry: RunEntry; labelOf: LabelOf }) {
  const isBad = entry.event.type === 'run.finished' && entry.event.data.status === 'failed';
  return (
    <li class={isBad ? 'timeline-run bad' : 'timeline-run'}>
      <span>{wordsOf(entry, labelOf)}</span>
      <time class="small muted" dateTime={entry.at}>
        {whenever(entry.at)}
      </time>
    </li>
  );
}
