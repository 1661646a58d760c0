import { useSignal } from '@preact/signals';
import type { DataInputOf } from '@crmflow/contracts';
import { Button } from '../../../ui/button.js';
import { texts } from '../../editor-texts.js';
import type { NodeEdit } from '../edit.js';
import { TextControl } from '../fields/text-control.js';
import { type Imported, readCurl } from './curl.js';

/** Fills the form in from a command for curl, as documentation of services has them. */
export function CurlPanel({ edit }: { data: DataInputOf<'http'>; edit: NodeEdit<'http'> }) {
  const command = useSignal('');
  const wrong = useSignal<string | undefined>(undefined);
  const taken = useSignal<Imported | undefined>(undefined);
  const take = () => {
    const read = readCurl(command.peek());
    wrong.value = read ? undefined : texts.curl.wrong;
    taken.value = read;
    if (!read) return;
    edit.set('curl', { body: undefined, auth: undefined, ...read.data });
    command.value = '';
  };
  const { value } = taken;
  return (
    <div class="control-rows">
      <TextControl
        label={texts.curl.command}
        placeholder="curl https://api.example.com/people"
        isCode
        rows={4}
        value={command.value}
        fault={wrong.value}
        onInput={(text) => {
          command.value = text;
          wrong.value = undefined;
        }}
      />
      <div>
        <Button size="small" disabled={command.value.trim() === ''} onClick={take}>
          {texts.curl.take}
        </Button>
      </div>
      <div role="status" class="small muted">
        {value && <p>{texts.curl.taken}</p>}
        {value?.hadKey && <p>{texts.curl.key}</p>}
        {value && value.leftOut.length > 0 && <p>{texts.curl.leftOut(value.leftOut.join(', '))}</p>}
      </div>
    </div>
  );
}
