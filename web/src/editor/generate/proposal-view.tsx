import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.js';
import { texts } from '../editor-texts.js';
import { FlowView } from '../rete/flow-view.js';
import { countChanges, type Proposal } from './proposal.js';

function Counts({ proposal }: { proposal: Proposal }) {
  const words = texts.generate;
  const { added, changed, removed } = countChanges(proposal);
  if (proposal.changes.size === 0) return <span class="muted">{words.nothing}</span>;
  return (
    <>
      {added > 0 && <span class="count added">{words.added(added)}</span>}
      {changed > 0 && <span class="count changed">{words.changed(changed)}</span>}
      {removed > 0 && <span class="count removed">{words.removed(removed)}</span>}
    </>
  );
}

/** Shows on a canvas over the flow's own what a proposal would make of it. */
export function ProposalView({
  proposal,
  onAccept,
  onDiscard,
  onAgain,
}: {
  proposal: Proposal;
  onAccept: () => void;
  onDiscard: () => void;
  onAgain: () => void;
}) {
  const words = texts.generate;
  const marks = useMemo(() => signal(proposal.changes), [proposal]);
  const accept = useRef<HTMLDivElement>(null);
  useEffect(() => accept.current?.querySelector<HTMLElement>('.primary')?.focus(), []);
  return (
    <section
      class="proposal"
      aria-label={words.proposal}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') onDiscard();
      }}
    >
      <FlowView flow={proposal.shown} marks={marks} />
      <div class="proposal-bar" ref={accept}>
        <p role="status">
          <strong>{words.proposal}</strong>
          <Counts proposal={proposal} />
        </p>
        <Button onClick={onAgain}>{words.again}</Button>
        <Button onClick={onDiscard}>{words.discard}</Button>
        <Button kind="primary" onClick={onAccept}>
          {words.accept}
        </Button>
      </div>
    </section>
  );
}
