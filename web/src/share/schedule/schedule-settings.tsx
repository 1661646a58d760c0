import type { ScheduleDeployment } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { may, whoMay } from '../../session/workspace.js';
import { SectionNav } from '../section-nav.js';
import { GeneralSection } from '../sections/general-section.js';
import type { SectionProps } from '../sections/section-props.js';
import { type ShareTexts, texts } from '../share-texts.js';
import { FiringsSection } from './firings-section.js';
import { RulesSection } from './rules-section.js';
import { WhenSection } from './when-section.js';
import './schedule.css';

type Props = SectionProps<ScheduleDeployment>;
type Name = keyof ShareTexts['schedule']['sections'];

const sections: Record<Name, (props: Props) => ComponentChildren> = {
  when: (props) => <WhenSection {...props} />,
  firings: (props) => <FiringsSection {...props} />,
  rules: (props) => <RulesSection {...props} />,
  general: (props) => <GeneralSection {...props} />,
};
const names = Object.keys(sections) as Name[];

/** All that can be set of a schedule, when it is due, and what became of past times. */
export function ScheduleSettings({ deployment, change }: Props) {
  const { section = 'when' } = useRoute().params;
  const words = texts.schedule;
  const mayChange = may('deployment.change');
  // Who may not change it sees what became of it.
  const current =
    names.find((name) => mayChange && name === section) ?? (mayChange ? 'when' : 'firings');
  return (
    <div
      class={`share-columns without-preview ${mayChange ? '' : 'without-nav'} ${current === 'when' ? 'schedule-columns' : ''}`}
    >
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
