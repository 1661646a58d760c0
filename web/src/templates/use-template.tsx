import { useSignal } from '@preact/signals';
import { Plus } from 'lucide';
import { useLocation } from 'preact-iso';
import { asApiError } from '../api/as-api-error.js';
import { cloneWorkflow } from '../api/workflows.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { toast } from '../ui/toast/toast.js';
import { texts } from './templates-texts.js';

/** Makes a flow of one's own from a template, and opens it. */
export function UseTemplate({ id }: { id: string }) {
  const { route } = useLocation();
  const isBusy = useSignal(false);
  const use = async () => {
    isBusy.value = true;
    try {
      route(`/flows/${(await cloneWorkflow(id)).id}`);
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
      isBusy.value = false;
    }
  };
  return (
    <Button kind="primary" busy={isBusy.value} onClick={() => void use()}>
      {!isBusy.value && <Icon of={Plus} />}
      {isBusy.value ? texts.using : texts.use}
    </Button>
  );
}
