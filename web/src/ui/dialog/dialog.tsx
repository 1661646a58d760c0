import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useId, useRef } from 'preact/hooks';
import './dialog.css';

/** What a dialog takes. */
export type DialogProps = {
  title: string;
  /** A sentence below the title. */
  text?: string;
  size?: 'small' | 'medium' | 'large';
  /** Escape, or a press outside: the owner takes the dialog away. */
  onClose: () => void;
  children?: ComponentChildren;
};

/**
 * A modal dialog, open for as long as it is drawn. Focus stays inside, and goes back to where it
 * was when the dialog goes.
 */
export function Dialog({ title, text, size = 'medium', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    // A dialog that is taken away while it is open leaves focus nowhere.
    const before = document.activeElement;
    const { current } = dialog;
    current?.showModal();
    return () => {
      current?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog ${size}-dialog`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          {text !== undefined && <p class="muted">{text}</p>}
        </header>
        {children}
      </div>
    </dialog>
  );
}
