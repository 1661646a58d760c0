import type { WebhookDeployment } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { GeneralSection } from '../sections/general-section.js';
import type { SectionProps } from '../sections/section-props.js';
import { SettingsSections } from '../settings-sections.js';
import { type ShareTexts, texts } from '../share-texts.js';
import { AnswerSection } from './answer-section.js';
import { AuthSection } from './auth-section.js';
import { DeliveriesSection } from './deliveries-section.js';
import { SetupSection } from './setup-section.js';

type Props = SectionProps<WebhookDeployment>;
type Name = keyof ShareTexts['webhook']['sections'];

const sections: Record<Name, (props: Props) => ComponentChildren> = {
  setup: (props) => <SetupSection {...props} />,
  deliveries: (props) => <DeliveriesSection {...props} />,
  auth: (props) => <AuthSection {...props} />,
  answer: (props) => <AnswerSection {...props} />,
  general: (props) => <GeneralSection {...props} />,
};
/** All that can be set of a webhook, and what has come in. */
export function WebhookSettings({ deployment, change }: Props) {
  return (
    <SettingsSections<Name>
      deployment={deployment}
      words={texts.webhook}
      layout={() => 'without-preview'}
      draw={(current) => sections[current]({ deployment, change })}
    />
  );
}
