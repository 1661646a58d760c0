import { useSignal } from '@preact/signals';
import { X } from 'lucide';
import { useEffect } from 'preact/hooks';
import { texts } from '../../texts.js';
import { Button } from '../button.js';
import { Icon } from '../icon.js';
import { dismiss, stay, type Toast, toasts } from './toast.js';
import './toaster.css';

function ToastItem({ toast }: { toast: Toast }) {
  const { id, kind, text, action } = toast;
  const isHeld = useSignal(false);
  useEffect(() => {
    const time = stay(toast);
    if (isHeld.value || time === Infinity) return;
    const timer = setTimeout(() => dismiss(id), time);
    return () => clearTimeout(timer);
  }, [toast, id, isHeld.value]);
  const hold = (held: boolean) => () => {
    isHeld.value = held;
  };
  return (
    <div
      class={`toast ${kind}`}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      <span class="words">{text}</span>
      {action && (
        <Button
          size="small"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button kind="quiet" size="square" aria-label={texts.close} onClick={() => dismiss(id)}>
        <Icon of={X} size={16} />
      </Button>
    </div>
  );
}

/** Where toasts appear; once on the page. What appears is read out. */
export function Toaster() {
  return (
    <div class="toaster" role="log" aria-label={texts.news} aria-live="polite">
      {toasts.value.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
