import type { ScheduleDeployment } from '@crmflow/contracts';
import type { ComponentChildren } from 'preact';
import { GeneralSection } from '../sections/general-section.js';
import type { SectionProps } from '../sections/section-props.js';
import { SettingsSections } from '../settings-sections.js';
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
/** All that can be set of a schedule, when it is due, and what became of past times. */
export function ScheduleSettings({ deployment, change }: Props) {
  return (
    <SettingsSections<Name>
      deployment={deployment}
      words={texts.schedule}
      forReaders="firings"
      layout={(current) =>
        current === 'when' ? 'without-preview schedule-columns' : 'without-preview'
      }
      draw={(current) => sections[current]({ deployment, change })}
    />
  );
}
