import { useSignal } from '@preact/signals';
import { FileUp } from 'lucide';
import { ApiError } from '../api/api-error.js';
import { asApiError } from '../api/as-api-error.js';
import { createFlow } from '../api/flows.js';
import { texts } from '../texts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog/dialog.js';
import { Faults } from '../ui/faults.js';
import { Icon } from '../ui/icon.js';
import { Notice } from '../ui/notice.js';
import './import-dialog.css';

/** The JSON that somebody pasted, or what is wrong with it. */
type Parsed = { ok: true; flow: unknown } | { ok: false; message: string };

/** Reads pasted JSON. What is in it is the server's to judge. */
function parseFlow(text: string): Parsed {
  if (text.trim() === '') return { ok: false, message: texts.importing.empty };
  try {
    return { ok: true, flow: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { ok: false, message: texts.importing.notJson(reason) };
  }
}

type Props = { onImported: () => void; onClose: () => void };

/** Saves what was pasted. @returns what is wrong */
async function importFlow(text: string): Promise<ApiError | undefined> {
  const parsed = parseFlow(text);
  if (!parsed.ok) return new ApiError('bad_request', parsed.message);
  try {
    await createFlow(parsed.flow);
    return undefined;
  } catch (error) {
    return asApiError(error);
  }
}

/** Takes a flow as JSON, pasted or from a file, and shows its faults with their paths. */
export function ImportDialog({ onImported, onClose }: Props) {
  const text = useSignal('');
  const failure = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);

  const onFile = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    try {
      text.value = await file.text();
      failure.value = undefined;
    } catch {
      failure.value = new ApiError('bad_request', texts.importing.unreadableFile);
    }
  };
  const onSubmit = async (event: Event) => {
    event.preventDefault();
    isBusy.value = true;
    failure.value = await importFlow(text.value);
    isBusy.value = false;
    if (!failure.value) onImported();
  };

  return (
    <Dialog title={texts.importing.title} text={texts.importing.text} onClose={onClose}>
      <form class="import" noValidate onSubmit={(event) => void onSubmit(event)}>
        {failure.value && (
          <Notice>
            {failure.value.errors.length > 0 ? texts.importing.faults : failure.value.message}
            <Faults errors={failure.value.errors} />
          </Notice>
        )}
        <textarea
          class="input import-json"
          aria-label={texts.importing.json}
          placeholder='{ "schemaVersion": 1, "name": "…", "nodes": [], "edges": [] }'
          spellcheck={false}
          value={text.value}
          onInput={({ currentTarget }) => (text.value = currentTarget.value)}
        />
        <div class="actions">
          <label class="button file">
            <Icon of={FileUp} />
            {texts.importing.file}
            <input
              class="visually-hidden"
              type="file"
              accept="application/json,.json"
              onChange={({ currentTarget }) => void onFile(currentTarget)}
            />
          </label>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" type="submit" busy={isBusy.value}>
            {isBusy.value ? texts.importing.submitting : texts.importing.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
