import type { NodeRetrying, NodeType } from '@crmflow/contracts';
import { texts } from '../runs-texts.js';
import { durationWords } from '../../ui/format/duration-words.js';
import { Icon } from '../../ui/icon.js';
import { whenever } from '../../ui/format/when.js';
import type { VisitEntry } from './entry.js';
import { isOpen } from './entries-of.js';
import { kindStyle, typeLooks } from '../../node-look.js';
import { errorText } from '../../texts/error-text.js';

/** What the model was given to answer with, each leading to where it is kept. */
function Sources({ sources }: Pick<VisitEntry, 'sources'>) {
  return (
    <p class="small">
      <span class="muted">{texts.timeline.sources}:</span>{' '}
      {sources.map(({ itemId, name, page }, index) => (
        <span key={`${itemId} ${index}`}>
          {index > 0 && ', '}
          <a href={`/knowledge/${encodeURIComponent(itemId)}`}>{name}</a>
          {page !== undefined && ` (${texts.timeline.page(page)})`}
        </span>
      ))}
    </p>
  );
}

/** What was said and noted at a visit. */
function Said({ messages, variables }: Pick<VisitEntry, 'messages' | 'variables'>) {
  return (
    <>
      {messages.map(({ seq, role, text }) => (
        <blockquote key={seq} class={`visit-said small ${role}`}>
          <span class="muted">{texts.timeline.speaker[role]}:</span> {text}
        </blockquote>
      ))}
      {variables.map(({ seq, name, value }) => (
        <p key={seq} class="visit-variable small">
          <code>
            {name} = {JSON.stringify(value)}
          </code>
        </p>
      ))}
    </>
  );
}

/** What a line of the timeline takes. */
export type VisitRowProps = {
  entry: VisitEntry;
  label: string;
  type: NodeType | undefined;
  /** Of the call that is being tried, where this visit makes it. */
  retrying: NodeRetrying | undefined;
  onNode: (nodeId: string) => void;
};

/** When, how long, how often, at what cost: one after the other. */
function factsOf({ entry, retrying }: Pick<VisitRowProps, 'entry' | 'retrying'>): string[] {
  const words: string[] = [];
  const { startedAt, durationMs, usage, handle } = entry;
  if (startedAt !== undefined) words.push(whenever(startedAt));
  if (durationMs !== undefined) words.push(durationWords(durationMs));
  if (retrying) words.push(texts.timeline.attempt(retrying.attempt + 1));
  if (usage) {
    words.push(texts.timeline.tokensOf(usage.inputTokens, usage.outputTokens));
    if (usage.costUsd !== undefined) {
      words.push(texts.timeline.cost(usage.costUsd.toPrecision(2)));
    }
  }
  if (handle !== undefined && handle !== 'out') words.push(texts.timeline.leftBy(handle));
  return words;
}

function Waiting({ waiting }: { waiting: NonNullable<VisitEntry['waiting']> }) {
  const { expect, deadline } = waiting;
  return (
    <p class="small">
      {texts.timeline.waitsFor} {texts.timeline.expects[expect]}
      {deadline !== undefined && `, ${texts.timeline.until(whenever(deadline))}`}
    </p>
  );
}

/** One visit of a node, with all that it did. */
export function VisitRow({ entry, label, type, retrying, onNode }: VisitRowProps) {
  const { nodeId, visit, state, error, waiting, messages, variables, sources } = entry;
  const look = typeLooks[type ?? 'trigger'];
  return (
    <li class="visit" style={kindStyle(look)}>
      <span class="visit-sign">
        <Icon of={look.icon} size={16} />
      </span>
      <div class="visit-words">
        <p class="visit-head">
          <button
            type="button"
            class="visit-name"
            title={texts.timeline.showNode(label)}
            onClick={() => onNode(nodeId)}
          >
            {label}
          </button>
          {visit > 1 && <span class="small muted">{texts.timeline.visit(visit)}</span>}
          <span class={`visit-state ${state}`}>{texts.timeline.states[state]}</span>
        </p>
        <p class="small muted visit-facts">{factsOf({ entry, retrying }).join(' · ')}</p>
        {retrying && (
          <p class="small visit-warning">
            {errorText(retrying.error)} {texts.timeline.nextRetry(whenever(retrying.nextRetryAt))}
          </p>
        )}
        {error && (
          <p class="small visit-fault">
            <code>{error.code}</code> {errorText(error)}
          </p>
        )}
        {waiting && isOpen(entry) && <Waiting waiting={waiting} />}
        <Said messages={messages} variables={variables} />
        {sources.length > 0 && <Sources sources={sources} />}
      </div>
    </li>
  );
}
