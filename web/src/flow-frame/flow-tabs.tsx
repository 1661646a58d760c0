import type { FlowSummary } from '@crmflow/contracts';
import type { Right } from '@crmflow/contracts/rights';
import { useEffect, useRef } from 'preact/hooks';
import { may } from '../session/workspace.js';
import { type Texts, texts } from '../texts.js';
import './flow-frame.css';

/** A page of a flow. */
export type FlowSection = keyof Texts['frame']['sections'];

const sections: readonly { id: FlowSection; path: string; right: Right }[] = [
  { id: 'build', path: '', right: 'flow.read' },
  { id: 'share', path: '/share', right: 'deployment.read' },
  { id: 'conversations', path: '/conversations', right: 'contact.read' },
  { id: 'analytics', path: '/analytics', right: 'analytics.read' },
  { id: 'versions', path: '/versions', right: 'version.read' },
];

/** The pages of a flow, as far as one may see them. */
export function FlowTabs({
  flowId,
  name,
  current,
}: {
  flowId: string;
  name: string;
  current: FlowSection;
}) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone they are wider than the page.
    const chosen = nav.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  const words = texts.frame;
  return (
    <nav ref={nav} class="flow-tabs" aria-label={words.sectionsOf(name)}>
      {sections
        .filter(({ right }) => may(right))
        .map(({ id, path }) => (
          <a
            key={id}
            href={`/flows/${flowId}${path}`}
            aria-current={id === current ? 'page' : undefined}
          >
            {words.sections[id]}
          </a>
        ))}
    </nav>
  );
}

/** What of a flow is live: nothing, all of it, or a version that the draft has gone on from. */
export function PublishedState({ flow }: { flow: FlowSummary | undefined }) {
  const words = texts.frame;
  if (!flow) return null;
  const { published, hasChanges } = flow;
  if (!published) {
    return (
      <span class="tag small flow-state" title={words.draftHint}>
        {words.draft}
      </span>
    );
  }
  if (hasChanges) {
    return (
      <span class="tag warn small flow-state" title={words.changesHint}>
        {words.changes(published.version)}
      </span>
    );
  }
  return <span class="tag live small flow-state">{words.live(published.version)}</span>;
}
