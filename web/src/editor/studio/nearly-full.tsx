import type { UsedBudgets } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { Gauge } from 'lucide';
import { useEffect } from 'preact/hooks';
import { request } from '../../api/request.js';
import { Icon } from '../../ui/icon.js';
import { texts } from '../editor-texts.js';

/** Leads to what is used up soon, before something is refused for it. */
export function NearlyFull() {
  const isShown = useSignal(false);
  useEffect(() => {
    request<UsedBudgets>('/api/usage').then(
      ({ budgets }) => (isShown.value = budgets.some(({ warning }) => warning)),
      // It is no part of drawing a flow: what cannot be looked up now is told when it is reached.
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
