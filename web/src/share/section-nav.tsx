import type { Deployment } from '@crmflow/contracts';
import { useEffect, useRef } from 'preact/hooks';

/** The sections of a deployment, each at an address of its own, the first at that of the deployment. */
export function SectionNav<N extends string>({
  deployment: { id, workflowId },
  label,
  sections,
  current,
}: {
  deployment: Deployment;
  label: string;
  sections: Record<N, string>;
  current: N;
}) {
  const path = `/flows/${workflowId}/share/${id}`;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone they are wider than the page.
    const chosen = nav.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <nav ref={nav} class="share-nav" aria-label={label}>
      {(Object.keys(sections) as N[]).map((name, index) => (
        <a
          key={name}
          href={index === 0 ? path : `${path}/${name}`}
          aria-current={name === current ? 'page' : undefined}
        >
          {sections[name]}
        </a>
      ))}
    </nav>
  );
}
