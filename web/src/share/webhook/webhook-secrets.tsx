import type { WebhookAuthInput, WebhookDeployment } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { KeyRound, Trash2 } from 'lucide';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { SectionForm } from '../../ui/section-form.js';
import { toast } from '../../ui/toast/toast.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { isMadeHere, newWebhookSecret } from './webhook-secret.js';

const most = 2;

/** The secrets that there are, by their ends, and the ways to another and away from each. */
export function WebhookSecrets({ deployment, change }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook.auth;
  const shared = texts.customers;
  const { kind, secrets } = deployment.settings.auth;
  const kept = secrets.map((last4) => ({ last4 }));
  const made = useSignal<string | undefined>(undefined);
  const removed = useSignal<number | undefined>(undefined);
  const leaving = removed.value === undefined ? undefined : secrets[removed.value];
  const replace = (next: NonNullable<WebhookAuthInput['secrets']>) =>
    change({ settings: { auth: { kind, secrets: next } as never } });
  return (
    <section class="share-part" aria-labelledby="hook-secrets-title">
      <h2 id="hook-secrets-title">{words.secrets}</h2>
      <p class="muted">{words.secretsText}</p>
      <ul class="rows">
        {secrets.map((last4, index) => (
          <li key={`${last4} ${index}`} class="secret-row">
            <Icon of={KeyRound} size={16} />
            <code title={shared.ends(last4)}>••••{last4}</code>
            {index === 0 && secrets.length > 1 && <span class="tag small">{shared.newest}</span>}
            {secrets.length > 1 && (
              <Button
                kind="quiet"
                size="small"
                aria-label={shared.removeNamed(last4)}
                onClick={() => (removed.value = index)}
              >
                <Icon of={Trash2} size={16} />
                {shared.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {secrets.length < most ? (
        <SectionForm
          submit={shared.addMore}
          done={shared.madeTitle}
          onSubmit={async (data, form) => {
            const given = textOf(data, 'secrets').trim();
            const isMade = given === '' && isMadeHere(kind);
            const secret = isMade ? newWebhookSecret(kind) : given;
            await replace([secret, ...kept]);
            form.reset();
            if (isMade) made.value = secret;
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
      ) : (
        <p class="small muted">{shared.full}</p>
      )}
      {made.value !== undefined && (
        <ShownOnce
          title={words.madeTitle}
          text={words.madeText}
          label={words.secret}
          secret={made.value}
          onClose={() => (made.value = undefined)}
        />
      )}
      {leaving !== undefined && (
        <ConfirmDialog
          title={shared.removeTitle(leaving)}
          text={words.removeText}
          confirm={shared.remove}
          onConfirm={async () => {
            await replace(kept.filter((_, index) => index !== removed.value));
            toast(shared.removed);
          }}
          onClose={() => (removed.value = undefined)}
        />
      )}
    </section>
  );
}
