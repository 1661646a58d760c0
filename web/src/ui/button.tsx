import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import './button.css';

type Look = {
  kind?: 'primary' | 'quiet' | 'danger';
  size?: 'small' | 'square';
  /** Under way: not to be pressed again, and shown so. */
  busy?: boolean;
  children?: ComponentChildren;
};

/** A button. A square one needs an aria-label. */
export function Button({
  kind,
  size,
  busy = false,
  children,
  ...rest
}: Look & Omit<ButtonHTMLAttributes, 'size' | 'children'>) {
  const look = ['button', kind, size].filter(Boolean).join(' ');
  return (
    <button type="button" {...rest} class={look} aria-busy={busy} disabled={busy || rest.disabled}>
      {busy && <span class="spinner" />}
      {children}
    </button>
  );
}
