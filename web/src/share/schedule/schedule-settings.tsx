import type { ScheduleDeployment } from '@crmflow/contracts';
import { GeneralSection } from '../sections/general-section.js';
import type { SectionProps } from '../sections/section-props.js';

/** All that can be set of a schedule. */
export function ScheduleSettings(props: SectionProps<ScheduleDeployment>) {
  return <GeneralSection {...props} />;
}
