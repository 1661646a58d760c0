import { useSignal } from '@preact/signals';
import { Gauge } from 'lucide';
import { useEffect } from 'preact/hooks';
import { readUsage } from '../../api/usage.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';

/** Leads to what is used up soon, before something is refused for it. */
export function NearlyFull() {
  const isShown = useSignal(false);
  useEffect(() => {
    readUsage().then(
      (budgets) => (isShown.value = budgets.some(({ warning }) => warning)),
      // Drawing does not depend on it: a limit that cannot be read now is reported once it is reached.
      () => {},
    );
  }, [isShown]);
  if (!isShown.value) return null;
  return (
    <a
      class="button quiet"
      href="/settings/usage"
      aria-label={texts.nearlyFull}
      title={texts.nearlyFull}
    >
      <Icon of={Gauge} />
      <span class="word">{texts.nearlyFull}</span>
    </a>
  );
}
