import { ArrowLeft } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/icon.js';
import { PageTitle } from '../ui/page-title.js';
import './flow-page-head.css';

type Props = {
  title: string;
  flowId: string;
  /** That the link leads back to the flow. */
  back: string;
  children?: ComponentChildren;
};

/** Above a page about one flow: its title, and the way back to the studio. */
export function FlowPageHead({ title, flowId, back, children }: Props) {
  return (
    <div class="page-head flow-page-head">
      <a class="button quiet square" href={`/flows/${flowId}`} aria-label={back} title={back}>
        <Icon of={ArrowLeft} />
      </a>
      <PageTitle title={title} />
      {children}
    </div>
  );
}
