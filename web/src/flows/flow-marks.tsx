import type { FlowSummary } from '@crmflow/contracts';
import { Globe, type IconNode, LayoutTemplate } from 'lucide';
import { Icon } from '../ui/icon.js';
import { texts } from './flows-texts.js';

function Mark({ icon, label }: { icon: IconNode; label: string }) {
  return (
    <span class="muted flow-mark" title={label}>
      <Icon of={icon} size={16} />
      <span class="visually-hidden">{label}</span>
    </span>
  );
}

/** What a flow is besides: a template, seen by everyone. */
export function FlowMarks({ flow: { isTemplate, isPublic } }: { flow: FlowSummary }) {
  return (
    <>
      {isTemplate && <Mark icon={LayoutTemplate} label={texts.template} />}
      {isPublic && <Mark icon={Globe} label={texts.public} />}
    </>
  );
}
