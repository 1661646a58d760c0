import type { ChatDeployment } from '@crmflow/contracts';
import { type Signal, useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Preview } from './preview.js';
import { BehaviorSection } from './sections/behavior-section.js';
import { CustomersSection } from './sections/customers-section.js';
import { GeneralSection } from './sections/general-section.js';
import { InstallSection } from './sections/install-section.js';
import { type Look, LookSection } from './sections/look-section.js';
import type { SectionProps } from './sections/section-props.js';
import { SettingsSections } from './settings-sections.js';
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

const lookOf = ({ settings }: ChatDeployment): Look => settings;

/** All that can be set of a chat page, and how it looks then. */
export function ChatSettings({ deployment, change }: SectionProps) {
  const look = useSignal(lookOf(deployment));
  useEffect(() => {
    look.value = lookOf(deployment);
  }, [deployment]);
  return (
    <SettingsSections<Name>
      deployment={deployment}
      words={texts}
      draw={(current) => sections[current]({ deployment, change, look })}
    >
      <Preview deployment={deployment} look={look} />
    </SettingsSections>
  );
}
