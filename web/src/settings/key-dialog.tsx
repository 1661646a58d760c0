import type { Key } from '@crmflow/contracts';
import { storeKey } from '../api/keys.js';
import { AreaField } from '../ui/field/area-field.js';
import { Field } from '../ui/field/field.js';
import { PasswordField } from '../ui/field/password-field.js';
import { SubmitDialog } from '../ui/dialog/submit-dialog.js';
import { toast } from '../ui/toast/toast.js';
import { texts } from './settings-texts.js';

const lines = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Asks for a key, or for another in the place of one. */
export function KeyDialog({
  replaced,
  onStored,
  onClose,
}: {
  replaced?: Key;
  onStored: () => void;
  onClose: () => void;
}) {
  const words = texts.keys;
  const send = async (data: FormData) => {
    const service = replaced?.service ?? (data.get('service') as string).trim();
    const { warning } = await storeKey({
      service,
      key: (data.get('key') as string).trim(),
      hosts: lines(data.get('hosts') as string),
    });
    toast(warning ?? words.kept(service), warning === undefined ? {} : { kind: 'failed' });
    onStored();
  };
  return (
    <SubmitDialog
      title={replaced ? words.replaceTitle(replaced.service) : words.addTitle}
      submit={words.submit}
      onSubmit={send}
      onClose={onClose}
    >
      {(faults) => (
        <>
          {!replaced && (
            <Field
              name="service"
              label={words.service}
              hint={words.serviceHint}
              fault={faults['service']}
            />
          )}
          <PasswordField name="key" label={words.key} autocomplete="off" fault={faults['key']} />
          <AreaField
            name="hosts"
            label={words.hosts}
            rows={3}
            hint={words.hostsHint}
            defaultValue={replaced?.hosts.join('\n') ?? ''}
            fault={faults['hosts']}
          />
        </>
      )}
    </SubmitDialog>
  );
}
