import type { AiModel } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { listModels } from '../../../api/keys.js';
import { workspaceId } from '../../../api/workspace-id.js';
import { texts } from '../../editor-texts.js';
import { TextControl } from '../fields/text-control.js';

/** By workspace: each has keys of its own, which open other models. */
const asked = new Map<string | undefined, Promise<AiModel[]>>();

/** Asked for once in a workspace, unless that failed. */
function knownModels(): Promise<AiModel[]> {
  const id = workspaceId.peek();
  const known =
    asked.get(id) ??
    listModels().catch((error: unknown) => {
      asked.delete(id);
      throw error;
    });
  asked.set(id, known);
  return known;
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
