import type { WebhookDeployment } from '@crmflow/contracts';
import { type WebhookRespond, webhookResponds } from '@crmflow/contracts/kinds';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';

/** What senders are answered, and by what a delivery is told from others. */
export function AnswerSection({ deployment, change }: SectionProps<WebhookDeployment>) {
  const words = texts.webhook.answer;
  const { respond, idempotency, headers } = deployment.settings;
  return (
    <SectionForm
      submit={texts.save}
      done={texts.saved}
      onSubmit={(data) =>
        change({
          settings: {
            respond: textOf(data, 'respond') as WebhookRespond,
            idempotency: textOf(data, 'idempotency').trim() || null,
            headers: textOf(data, 'headers')
              .split(/[\s,]+/)
              .filter((name) => name !== ''),
          },
        })
      }
    >
      {(faults) => (
        <>
          <ChoiceField
            name="respond"
            label={words.respond}
            options={webhookResponds.map((value) => ({
              value,
              label: words.responds[value],
              hint: words.hints[value],
            }))}
            defaultValue={respond}
          />
          <Field
            name="idempotency"
            label={words.idempotency}
            aside={texts.webhook.optional}
            hint={words.idempotencyHint}
            autocomplete="off"
            placeholder="body.id"
            defaultValue={idempotency ?? ''}
            fault={faults['idempotency']}
          />
          <Field
            name="headers"
            label={words.headers}
            aside={texts.webhook.optional}
            hint={words.headersHint}
            autocomplete="off"
            placeholder="x-tenant"
            defaultValue={headers.join(', ')}
            fault={faults['headers']}
          />
        </>
      )}
    </SectionForm>
  );
}
