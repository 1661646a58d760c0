import type { DataInputOf, Json } from '@crmflow/contracts';
import { texts } from '../../editor-texts.js';
import { CodeControl } from '../code/code-control.js';
import type { NodeEdit } from '../edit.js';
import { JsonControl } from '../fields/json-control.js';
import { Pairs } from '../http/pairs.js';

/** What is a status is stored as one, anything else as it is typed. */
const statusOf = (text: string) => (/^[2-5]\d\d$/.test(text.trim()) ? Number(text) : text);

/** What the service gets whose webhook started the run. */
export function RespondForm({
  data,
  edit,
}: {
  data: DataInputOf<'respond'>;
  edit: NodeEdit<'respond'>;
}) {
  return (
    <>
      <p class="small muted">{texts.respond.hint}</p>
      <CodeControl
        label={texts.respond.status}
        field="status"
        hint={texts.respond.statusHint}
        mode="template"
        isSingleLine
        value={String(data.status ?? 200)}
        onInput={(text) => edit.set('status', { status: statusOf(text) })}
      />
      <Pairs
        label={texts.form.headers}
        field="headers"
        addLabel={texts.form.addHeader}
        pairs={data.headers ?? {}}
        onChange={(headers) => edit.set('headers', { headers })}
      />
      <JsonControl
        label={texts.respond.body}
        hint={texts.respond.bodyHint}
        field="body"
        value={data.body as Json | undefined}
        onChange={(body) => edit.set('body', { body })}
      />
    </>
  );
}
