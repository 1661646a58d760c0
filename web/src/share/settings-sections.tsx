import type { Deployment } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { may, whoMay } from '../session/workspace.js';

/** The sections of a deployment, each at an address of its own, the first at that of the deployment. */
function SectionNav<N extends string>({
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

/** What the settings of a kind of deployment are called. */
type SettingsWords<N extends string> = {
  settings: string;
  /** In the order in which they are offered. */
  sections: Record<N, string>;
  readOnly: (who: string) => string;
};

/** What the settings of a deployment take. */
export type SettingsSectionsProps<N extends string> = {
  deployment: Deployment;
  words: SettingsWords<N>;
  /** What is shown to those who may change nothing; the first section where it is not said. */
  forReaders?: N;
  /** The class of columns of their own. */
  layout?: (current: N) => string;
  draw: (current: N) => ComponentChildren;
  /** What stands beside each of them. */
  children?: ComponentChildren;
};

/** The settings of a deployment, a section at a time. */
export function SettingsSections<N extends string>(props: SettingsSectionsProps<N>) {
  const { deployment, words, layout, draw, children } = props;
  const { section } = useRoute().params;
  const names = Object.keys(words.sections) as [N, ...N[]];
  const [first] = names;
  const { forReaders = first } = props;
  const mayChange = may('deployment.change');
  const current = mayChange ? (names.find((name) => name === section) ?? first) : forReaders;
  return (
    <div class={`share-columns ${mayChange ? '' : 'without-nav'} ${layout?.(current) ?? ''}`}>
      {mayChange && (
        <SectionNav
          deployment={deployment}
          label={words.settings}
          sections={words.sections}
          current={current}
        />
      )}
      <div class="share-section" key={current}>
        {mayChange ? (
          <h2 class="visually-hidden">{words.sections[current]}</h2>
        ) : (
          <p class="muted">{words.readOnly(whoMay('deployment.change'))}</p>
        )}
        {draw(current)}
      </div>
      {children}
    </div>
  );
}
