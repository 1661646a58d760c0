import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from './button.js';
import './danger-zone.css';

/**
 * A way to give up what the section is about, apart from the rest of it.
 * @param children draws the dialog that asks first
 */
export function DangerZone({
  title,
  text,
  open,
  children,
}: {
  title: string;
  text: string;
  /** The word on the button that opens the dialog. */
  open: string;
  children: (close: () => void) => ComponentChildren;
}) {
  const id = useId();
  const isAsked = useSignal(false);
  return (
    <section class="danger-zone" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="muted small">{text}</p>
      <div>
        <Button onClick={() => (isAsked.value = true)}>{open}</Button>
      </div>
      {isAsked.value && children(() => (isAsked.value = false))}
    </section>
  );
}
