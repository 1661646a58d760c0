import type { WebhookAuthInput, WebhookDeployment } from '@crmflow/contracts';
import { type WebhookAuthKind, webhookAuthKinds } from '@crmflow/contracts/kinds';
import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { Button } from '../../ui/button.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { Field } from '../../ui/field/field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';
import { isMadeHere, newWebhookSecret } from './webhook-secret.js';
import { WebhookSecrets } from './webhook-secrets.js';

type Props = SectionProps<WebhookDeployment>;
type Auth = WebhookDeployment['settings']['auth'];
type Faults = { [path: string]: string | undefined };

const algorithms = ['sha256', 'sha512', 'sha1'] as const;
const encodings = ['hex', 'base64'] as const;

type Hmac = Extract<Auth, { kind: 'hmac' }>;

/** How Shopify signs, and tells its deliveries apart. */
const shopify = {
  header: 'x-shopify-hmac-sha256',
  algorithm: 'sha256',
  encoding: 'base64',
  idHeader: 'x-shopify-webhook-id',
} satisfies Partial<Hmac>;

/** How a signature of another kind is made. */
function HmacOptions({ hmac, faults }: { hmac: Hmac | undefined; faults: Faults }) {
  const words = texts.webhook.auth;
  const filled = useSignal<typeof shopify | undefined>(undefined);
  const shown: Partial<Hmac> | undefined = filled.value ?? hmac;
  const choose = <T extends string>(values: readonly T[]) =>
    values.map((value) => ({ value, label: value }));
  return (
    <Fragment key={filled.value === undefined ? 'own' : 'shopify'}>
      <div>
        <Button size="small" onClick={() => (filled.value = shopify)}>
          {words.fillShopify}
        </Button>
      </div>
      <Field
        name="header"
        label={words.header}
        hint={words.hmacHeaderHint}
        autocomplete="off"
        defaultValue={shown?.header ?? 'x-signature'}
        fault={faults['header']}
      />
      <SelectField
        name="algorithm"
        label={words.algorithm}
        options={choose(algorithms)}
        defaultValue={shown?.algorithm ?? 'sha256'}
      />
      <SelectField
        name="encoding"
        label={words.encoding}
        options={choose(encodings)}
        defaultValue={shown?.encoding ?? 'hex'}
      />
      <Field
        name="timestampHeader"
        label={words.timestampHeader}
        aside={texts.webhook.optional}
        hint={words.timestampHint}
        autocomplete="off"
        defaultValue={shown?.timestampHeader ?? ''}
        fault={faults['timestampHeader']}
      />
      <Field
        name="idHeader"
        label={words.idHeader}
        aside={texts.webhook.optional}
        hint={words.idHeaderHint}
        autocomplete="off"
        defaultValue={shown?.idHeader ?? ''}
        fault={faults['idHeader']}
      />
    </Fragment>
  );
}

/** What a kind asks for besides its secret. */
function Options({ kind, auth, faults }: { kind: WebhookAuthKind; auth: Auth; faults: Faults }) {
  const words = texts.webhook.auth;
  const own = auth.kind === kind ? auth : undefined;
  if (kind === 'token') {
    return (
      <Field
        name="header"
        label={words.header}
        hint={words.tokenHeaderHint}
        autocomplete="off"
        defaultValue={own?.kind === 'token' ? own.header : 'authorization'}
        fault={faults['header']}
      />
    );
  }
  if (kind === 'basic') {
    return (
      <Field
        name="username"
        label={words.username}
        autocomplete="off"
        defaultValue={own?.kind === 'basic' ? (own.username ?? '') : 'crmflow'}
        fault={faults['username']}
      />
    );
  }
  if (kind !== 'hmac') return null;
  return <HmacOptions hmac={own?.kind === 'hmac' ? own : undefined} faults={faults} />;
}

/** What was typed, as the API takes it; without what was left empty. */
function authOf(kind: WebhookAuthKind, data: FormData, secret: string | undefined) {
  const typed = [
    'header',
    'username',
    'algorithm',
    'encoding',
    'timestampHeader',
    'idHeader',
  ].flatMap((name) => {
    const value = textOf(data, name).trim();
    return value === '' ? [] : [[name, value] as const];
  });
  const secrets = secret === undefined ? {} : { secrets: [secret] };
  return { kind, ...Object.fromEntries(typed), ...secrets } as WebhookAuthInput;
}

/** How the webhook knows who sends to it. */
export function AuthSection({ deployment, change }: Props) {
  const words = texts.webhook.auth;
  const { auth } = deployment.settings;
  const kind = useSignal<WebhookAuthKind>(auth.kind);
  const made = useSignal<string | undefined>(undefined);
  const isNew = kind.value !== auth.kind && kind.value !== 'none';
  return (
    <>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={async (data) => {
          const given = textOf(data, 'secrets').trim();
          const isMade = isNew && given === '' && isMadeHere(kind.value);
          const own = isMade ? newWebhookSecret(kind.value) : given;
          const sent = authOf(kind.value, data, isNew ? own : undefined);
          await change({ settings: { auth: sent as never } });
          if (isMade) made.value = own;
        }}
      >
        {(faults) => (
          <>
            <ChoiceField
              name="kind"
              label={words.label}
              options={webhookAuthKinds.map((value) => ({
                value,
                label: words.kinds[value],
                hint: words.hints[value],
              }))}
              defaultValue={auth.kind}
              onChange={(value) => (kind.value = value as WebhookAuthKind)}
            />
            <Options key={kind.value} kind={kind.value} auth={auth} faults={faults} />
            {isNew && (
              <Field
                name="secrets"
                label={words.secret}
                hint={isMadeHere(kind.value) ? words.secretMade : words.secretOf[kind.value]}
                autocomplete="off"
                fault={faults['secrets']}
              />
            )}
          </>
        )}
      </SectionForm>
      {made.value !== undefined && (
        <ShownOnce
          title={words.madeTitle}
          text={words.madeText}
          label={words.secret}
          secret={made.value}
          onClose={() => (made.value = undefined)}
        />
      )}
      {auth.kind !== 'none' && <WebhookSecrets deployment={deployment} change={change} />}
    </>
  );
}
