import type { RunStatus } from '@crmflow/contracts';
import './status-dot.css';

/** The colour of how a run stands; the word for it is to stand beside. */
export function StatusDot({ status }: { status: RunStatus }) {
  return <span class={`status-dot ${status}`} aria-hidden="true" />;
}
