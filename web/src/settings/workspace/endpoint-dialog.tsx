import type { Endpoint } from '@crmflow/contracts';
import { outboundTypes } from '@crmflow/contracts/kinds';
import { useSignal } from '@preact/signals';
import { createEndpoint, updateEndpoint } from '../../api/endpoints.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';
import { SubmitDialog } from '../../ui/dialog/submit-dialog.js';
import { CheckField } from '../../ui/field/check-field.js';
import { Field } from '../../ui/field/field.js';
import { texts } from '../settings-texts.js';

const usual = ['conversation.started', 'conversation.finished', 'run.failed'];

/** Asks for an endpoint and shows its secret once, or changes one that is there. */
export function EndpointDialog({
  workspaceId,
  changed,
  onDone,
  onClose,
}: {
  workspaceId: string;
  changed?: Endpoint;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = texts.endpoints;
  const secret = useSignal<string | undefined>(undefined);
  if (secret.value !== undefined) {
    return (
      <ShownOnce
        title={words.madeTitle}
        text={words.madeText}
        label={words.secret}
        secret={secret.value}
        onClose={() => {
          onClose();
          onDone();
        }}
      />
    );
  }
  const chosen: readonly string[] = changed?.types ?? usual;
  const send = async (data: FormData) => {
    const url = (data.get('url') as string).trim();
    const types = outboundTypes.filter((type) => data.has(type));
    if (changed) {
      await updateEndpoint({ workspaceId, id: changed.id }, { url, types });
      onDone();
    } else {
      secret.value = (await createEndpoint(workspaceId, { url, types })).secret;
    }
  };
  return (
    <SubmitDialog
      title={changed ? words.editTitle : words.add}
      submit={changed ? words.save : words.add}
      onSubmit={send}
      // What was made is shown first.
      onClose={() => {
        if (secret.peek() === undefined) onClose();
      }}
    >
      {({ url, types }) => (
        <>
          <Field
            name="url"
            type="url"
            label={words.url}
            hint={words.urlHint}
            autocomplete="off"
            defaultValue={changed?.url ?? ''}
            fault={url}
          />
          <fieldset class="endpoint-types">
            <legend class="setting-label">{words.events}</legend>
            {types !== undefined && <p class="small endpoint-fault">{types}</p>}
            {outboundTypes.map((type) => (
              <CheckField
                key={type}
                name={type}
                label={words.types[type]}
                defaultChecked={chosen.includes(type)}
              />
            ))}
          </fieldset>
        </>
      )}
    </SubmitDialog>
  );
}
