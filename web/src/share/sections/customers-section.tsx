import { useSignal } from '@preact/signals';
import { Plus } from 'lucide';
import { Button } from '../../ui/button.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { CopyField } from '../../ui/field/copy-field.js';
import { textOf } from '../../ui/format/text-of.js';
import { Icon } from '../../ui/icon.js';
import { Notice } from '../../ui/notice.js';
import { SectionForm } from '../../ui/section-form.js';
import { Tabs } from '../../ui/tabs/tabs.js';
import { attempt } from '../../ui/toast/attempt.js';
import { identifyCode } from '../embed-code.js';
import { newSecret } from '../new-secret.js';
import { type AddSecret, SecretList } from '../secret-list.js';
import { serverCode, type ServerLanguage, serverLanguages } from '../server-code.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

/** Makes a secret and adds it. */
function NewSecret({ label, add }: { label: string; add: AddSecret }) {
  const isBusy = useSignal(false);
  const make = async () => {
    isBusy.value = true;
    await attempt(() => add(newSecret(), true));
    isBusy.value = false;
  };
  return (
    <div>
      <Button busy={isBusy.value} onClick={() => void make()}>
        {!isBusy.value && <Icon of={Plus} />}
        {label}
      </Button>
    </div>
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
      <SecretList
        words={words}
        secrets={secrets}
        replace={(next) => change({ settings: { secrets: next } })}
      >
        {(add) => <NewSecret label={secrets.length === 0 ? words.add : words.addMore} add={add} />}
      </SecretList>
      <Examples />
    </>
  );
}
