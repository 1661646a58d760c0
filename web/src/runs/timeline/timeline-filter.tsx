import { nodeTypes } from '@crmflow/contracts/kinds';
import type { Signal } from '@preact/signals';
import { X } from 'lucide';
import { texts } from '../runs-texts.js';
import { Icon } from '../../ui/icon.js';
import type { TimelineFilter } from './filter-entries.js';
import { localized, typeLooks } from '../../node-look.js';

type Only = TimelineFilter['only'];

/** What a choice of lines takes. */
export type TimelineFilterProps = {
  only: Signal<Only>;
  /** Of the one node that is shown. */
  nodeLabel: string | undefined;
  onEveryNode: () => void;
};

/** Chooses which lines are shown: of a kind of node, of failures, of one node. */
export function TimelineFilterBar({ only, nodeLabel, onEveryNode }: TimelineFilterProps) {
  if (nodeLabel !== undefined) {
    return (
      <div class="timeline-filter">
        <button type="button" class="chip" aria-pressed="true" onClick={onEveryNode}>
          {texts.timeline.onlyNode(nodeLabel)}
          <Icon of={X} size={14} />
          <span class="visually-hidden">{texts.timeline.everyNode}</span>
        </button>
      </div>
    );
  }
  const choices: { id: Only; label: string }[] = [
    { id: undefined, label: texts.timeline.all },
    { id: 'failed', label: texts.timeline.errors },
    ...nodeTypes.map((type) => ({ id: type, label: localized(typeLooks[type].name) })),
  ];
  return (
    <div class="timeline-filter" role="group" aria-label={texts.timeline.filter}>
      {choices.map(({ id, label }) => (
        <button
          key={label}
          type="button"
          class="chip"
          aria-pressed={only.value === id}
          onClick={() => (only.value = id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
