import type { ComponentChildren } from 'preact';
import './notice.css';

type Props = { kind?: 'error' | 'info'; children: ComponentChildren; action?: ComponentChildren };

/** Words about what went wrong or is to be known, read out when they appear. */
export function Notice({ kind = 'error', children, action }: Props) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <div class="body">{children}</div>
      {action}
    </div>
  );
}
