import type { WebhookDeployment } from '@crmflow/contracts';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { SecretList } from '../secret-list.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { isMadeHere, newWebhookSecret } from './webhook-secret.js';

/** The secrets of a webhook: another is typed, or made where that is ours to do. */
export function WebhookSecrets({ deployment, change }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook.auth;
  const shared = texts.customers;
  const { kind, secrets } = deployment.settings.auth;
  return (
    <SecretList
      words={words}
      secrets={secrets}
      needsOne
      replace={(next) => change({ settings: { auth: { kind, secrets: next } as never } })}
    >
      {(add) => (
        <SectionForm
          submit={shared.addMore}
          done={shared.madeTitle}
          onSubmit={async (data, form) => {
            const given = textOf(data, 'secrets').trim();
            const isMade = given === '' && isMadeHere(kind);
            await add(isMade ? newWebhookSecret(kind) : given, isMade);
            form.reset();
          }}
        >
          {(faults) => (
            <Field
              name="secrets"
              label={words.newSecret}
              hint={isMadeHere(kind) ? words.secretMade : words.secretOf[kind]}
              autocomplete="off"
              fault={faults['secrets']}
            />
          )}
        </SectionForm>
      )}
    </SecretList>
  );
}
