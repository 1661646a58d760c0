import type { WebhookDeployment } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { may, whoMay } from '../../session/workspace.js';
import { SectionNav } from '../section-nav.js';
import { GeneralSection } from '../sections/general-section.js';
import type { SectionProps } from '../sections/section-props.js';
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
const names = Object.keys(sections) as Name[];

/** All that can be set of a webhook, and what has come in. */
export function WebhookSettings({ deployment, change }: Props) {
  const { section = 'setup' } = useRoute().params;
  const words = texts.webhook;
  const mayChange = may('deployment.change');
  const current = names.find((name) => mayChange && name === section) ?? 'setup';
  return (
    <div class={`share-columns without-preview ${mayChange ? '' : 'without-nav'}`}>
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
        {sections[current]({ deployment, change })}
      </div>
    </div>
  );
}
