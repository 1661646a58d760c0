import { useSignal } from '@preact/signals';
import { asApiError } from '../../api/as-api-error.js';
import { fieldFaults, type FieldFaults } from '../field-faults.js';

/**
 * Sends a form, and keeps what was wrong with it at its fields. The first of them gets the focus.
 * @param send sends what the form has
 * @param done is called once it was taken
 */
export function useSubmit(
  send: (data: FormData, form: HTMLFormElement) => Promise<void>,
  done?: () => void,
) {
  const isBusy = useSignal(false);
  const faults = useSignal<FieldFaults>({ fields: {} });
  const submit = async (form: HTMLFormElement) => {
    if (isBusy.peek()) return;
    const data = new FormData(form);
    isBusy.value = true;
    try {
      await send(data, form);
      faults.value = { fields: {} };
      done?.();
    } catch (error) {
      faults.value = fieldFaults(asApiError(error), [...data.keys()]);
      const [first] = Object.keys(faults.value.fields);
      if (first) form.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    } finally {
      isBusy.value = false;
    }
  };
  return {
    isBusy,
    faults,
    onSubmit(event: Event) {
      event.preventDefault();
      void submit(event.currentTarget as HTMLFormElement);
    },
  };
}
