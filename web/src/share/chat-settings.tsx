import type { ChatDeployment } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { may, whoMay } from '../session/workspace.js';
import { Preview } from './preview.js';
import { SectionNav } from './section-nav.js';
import { BehaviorSection } from './sections/behavior-section.js';
import { CustomersSection } from './sections/customers-section.js';
import { GeneralSection } from './sections/general-section.js';
import { InstallSection } from './sections/install-section.js';
import { type Look, LookSection } from './sections/look-section.js';
import type { SectionProps } from './sections/section-props.js';
import { type ShareTexts, texts } from './share-texts.js';

type Name = keyof ShareTexts['sections'];

const sections: Record<Name, (props: SectionProps & { look: Signal<Look> }) => ComponentChildren> =
  {
    install: (props) => <InstallSection {...props} />,
    look: (props) => <LookSection {...props} />,
    customers: (props) => <CustomersSection {...props} />,
    behavior: (props) => <BehaviorSection {...props} />,
    general: (props) => <GeneralSection {...props} />,
  };
const names = Object.keys(sections) as Name[];

const lookOf = ({ settings }: ChatDeployment): Look => settings;

/** All that can be set of a chat page, and how it looks then. */
export function ChatSettings({ deployment, change }: SectionProps) {
  const { section = 'install' } = useRoute().params;
  const look = useSignal(lookOf(deployment));
  useEffect(() => {
    look.value = lookOf(deployment);
  }, [deployment]);
  const mayChange = may('deployment.change');
  const current = names.find((name) => mayChange && name === section) ?? 'install';
  return (
    <div class={`share-columns ${mayChange ? '' : 'without-nav'}`}>
      {mayChange && (
        <SectionNav
          deployment={deployment}
          label={texts.settings}
          sections={texts.sections}
          current={current}
        />
      )}
      <div class="share-section" key={current}>
        {mayChange ? (
          <h2 class="visually-hidden">{texts.sections[current]}</h2>
        ) : (
          <p class="muted">{texts.readOnly(whoMay('deployment.change'))}</p>
        )}
        {sections[current]({ deployment, change, look })}
      </div>
      <Preview deployment={deployment} look={look} />
    </div>
  );
}
