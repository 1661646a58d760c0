import type { AiModel } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { listModels } from '../../../api/keys.js';
import { texts } from '../../editor-texts.js';
import { TextControl } from '../fields/text-control.js';

let asked: Promise<AiModel[]> | undefined;

/** Asked for once, unless that failed. */
function knownModels(): Promise<AiModel[]> {
  asked ??= listModels().catch((error: unknown) => {
    asked = undefined;
    throw error;
  });
  return asked;
}

/** Which model is asked: one that the key opens, or any that is typed. */
export function ModelControl({
  value,
  onInput,
}: {
  value: string;
  onInput: (model: string) => void;
}) {
  const id = useId();
  const models = useSignal<readonly AiModel[]>([]);
  useEffect(() => {
    knownModels().then(
      (found) => (models.value = found),
      // Without a key nothing can be offered; any name can still be typed.
      () => undefined,
    );
  }, [models]);
  const usual = models.value.find(({ isDefault }) => isDefault);
  return (
    <>
      <TextControl
        label={texts.form.model}
        maxLength={100}
        hint={texts.form.modelHint}
        isCode
        list={id}
        {...(usual && { placeholder: usual.id })}
        value={value}
        onInput={onInput}
      />
      <datalist id={id}>
        {models.value.map((model) => (
          <option key={model.id} value={model.id}>
            {model.name}
          </option>
        ))}
      </datalist>
    </>
  );
}
