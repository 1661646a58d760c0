import { useSignal } from '@preact/signals';
import { KeyRound, Plus, Trash2 } from 'lucide';
import { asApiError } from '../../api/as-api-error.js';
import { Button } from '../../ui/button.js';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.js';
import { ShownOnce } from '../../ui/dialog/shown-once.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { CopyField } from '../../ui/field/copy-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { SectionForm } from '../../ui/section-form.js';
import { Tabs } from '../../ui/tabs/tabs.js';
import { toast } from '../../ui/toast/toast.js';
import { identifyCode } from '../embed-code.js';
import { newSecret } from '../new-secret.js';
import { serverCode, type ServerLanguage, serverLanguages } from '../server-code.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

const most = 2;

/** The secrets that there are, by their ends, and the ways to another and away from each. */
function Secrets({ deployment, change }: SectionProps) {
  const words = texts.customers;
  const { secrets } = deployment.settings;
  const made = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const removed = useSignal<number | undefined>(undefined);
  const kept = secrets.map((last4) => ({ last4 }));
  const add = async () => {
    const secret = newSecret();
    isBusy.value = true;
    try {
      await change({ settings: { secrets: [secret, ...kept] } });
      made.value = secret;
    } catch (error) {
      toast(asApiError(error).message, { kind: 'failed' });
    }
    isBusy.value = false;
  };
  const leaving = removed.value === undefined ? undefined : secrets[removed.value];
  return (
    <section class="share-part" aria-labelledby="secrets-title">
      <h2 id="secrets-title">{words.secrets}</h2>
      <p class="muted">{words.secretsText}</p>
      {secrets.length > 0 && (
        <ul class="rows">
          {secrets.map((last4, index) => (
            <li key={`${last4} ${index}`} class="secret-row">
              <Icon of={KeyRound} size={16} />
              <code title={words.ends(last4)}>••••{last4}</code>
              {index === 0 && secrets.length > 1 && <span class="tag small">{words.newest}</span>}
              <Button
                kind="quiet"
                size="small"
                aria-label={words.removeNamed(last4)}
                onClick={() => (removed.value = index)}
              >
                <Icon of={Trash2} size={16} />
                {words.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {secrets.length < most ? (
        <div>
          <Button busy={isBusy.value} onClick={() => void add()}>
            {!isBusy.value && <Icon of={Plus} />}
            {secrets.length === 0 ? words.add : words.addMore}
          </Button>
        </div>
      ) : (
        <p class="small muted">{words.full}</p>
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
          title={words.removeTitle(leaving)}
          text={words.removeText}
          confirm={words.remove}
          onConfirm={async () => {
            const rest = kept.filter((_, index) => index !== removed.value);
            await change({ settings: { secrets: rest } });
            toast(words.removed);
          }}
          onClose={() => (removed.value = undefined)}
        />
      )}
    </section>
  );
}

/** What a site's server and its pages have to do. */
function Examples() {
  const words = texts.customers;
  const shown = useSignal<ServerLanguage>('node');
  const languages = Object.keys(serverLanguages) as ServerLanguage[];
  return (
    <>
      <section class="share-part" aria-labelledby="server-title">
        <h2 id="server-title">{words.example}</h2>
        <p class="muted">{words.exampleText}</p>
        <div class="share-modes">
          <Tabs<ServerLanguage>
            label={words.exampleLanguage}
            tabs={languages.map((id) => ({ id, label: serverLanguages[id] }))}
            current={shown.value}
            onChange={(next) => (shown.value = next)}
          />
        </div>
        <div role="tabpanel" aria-label={serverLanguages[shown.value]}>
          <CopyField label={words.code} value={serverCode[shown.value]} isCode />
        </div>
      </section>
      <section class="share-part" aria-labelledby="site-title">
        <h2 id="site-title">{words.site}</h2>
        <p class="muted">{words.siteText}</p>
        <CopyField label={words.siteCode} value={identifyCode()} isCode />
      </section>
    </>
  );
}

/** Whether customers have to be those of a site, and how the site says who they are. */
export function CustomersSection({ deployment, change }: SectionProps) {
  const words = texts.customers;
  const { identity, secrets } = deployment.settings;
  return (
    <>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={(data) => {
          const isRequired = textOf(data, 'identity') === 'required';
          return change({ settings: { identity: isRequired ? 'required' : 'optional' } });
        }}
      >
        {() => (
          <>
            {identity === 'required' && secrets.length === 0 && <Notice>{words.needsOne}</Notice>}
            <ChoiceField
              name="identity"
              label={words.who}
              options={[
                { value: 'optional', label: words.optional, hint: words.optionalHint },
                { value: 'required', label: words.required, hint: words.requiredHint },
              ]}
              defaultValue={identity}
            />
          </>
        )}
      </SectionForm>
      <Secrets deployment={deployment} change={change} />
      <Examples />
    </>
  );
}
