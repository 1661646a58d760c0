import type { ChatLimits, ChatSettings } from '@crmflow/contracts';
import { useSignal } from '@preact/signals';
import { ApiError } from '../../api/api-error.js';
import { language } from '../../texts/language.js';
import { AreaField } from '../../ui/field/area-field.js';
import { CheckField } from '../../ui/field/check-field.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { texts } from '../share-texts.js';
import { ModelBudget } from './model-budget.js';
import type { SectionProps } from './section-props.js';

const onReturns = ['resume', 'ask', 'new'] as const;
const number = new Intl.NumberFormat(language);

/** What a day is called, for the first version of a text. */
const today = () => new Date().toISOString().slice(0, 10);

/** What customers agree to, as the form says it. @throws ApiError where there is no text */
function consentOf(data: FormData): ChatSettings['consent'] {
  if (!data.has('asks')) return null;
  const text = textOf(data, 'text').trim();
  if (text === '') {
    const message = texts.behavior.consentTextMissing;
    throw new ApiError('invalid', message, [{ path: 'text', message }]);
  }
  return { text, version: textOf(data, 'version').trim() || today() };
}

/** How long a reply of several messages takes, where nobody has said otherwise. */
const usualBurst = { quiet: 'PT3S', max: 'PT15S' };

function Returning({ deployment, change }: SectionProps) {
  const words = texts.behavior;
  const { onReturn, consent, burst } = deployment.settings;
  const asks = useSignal(consent !== null);
  return (
    <SectionForm
      submit={texts.save}
      done={texts.saved}
      onSubmit={(data) =>
        change({
          settings: {
            onReturn: onReturns.find((one) => one === textOf(data, 'onReturn')) ?? onReturn,
            consent: consentOf(data),
            burst: data.has('joins') ? (burst ?? usualBurst) : null,
          },
        })
      }
    >
      {(faults) => (
        <>
          <ChoiceField
            name="onReturn"
            label={words.onReturn}
            options={onReturns.map((value) => ({
              ...{ value, label: words[value], hint: words[`${value}Hint`] },
            }))}
            defaultValue={onReturn}
          />
          <CheckField
            name="joins"
            label={words.joins}
            hint={words.joinsHint}
            defaultChecked={burst !== null}
          />
          <CheckField
            name="asks"
            label={words.consent}
            hint={words.consentHint}
            defaultChecked={consent !== null}
            onChange={(checked) => (asks.value = checked)}
          />
          {asks.value && (
            <>
              <AreaField
                name="text"
                label={words.consentText}
                hint={words.consentTextHint}
                rows={3}
                defaultValue={consent?.text ?? ''}
                fault={faults['text'] && words.consentTextMissing}
              />
              <Field
                name="version"
                label={words.consentVersion}
                hint={words.consentVersionHint}
                autocomplete="off"
                defaultValue={consent?.version ?? today()}
                fault={faults['version']}
              />
            </>
          )}
        </>
      )}
    </SectionForm>
  );
}

/** The limits with the least and the most that each may be. */
const limits: readonly [
  Exclude<keyof ChatLimits, 'modelTokensPerDay'>,
  'perHour' | 'perMinutes' | 'open' | 'streams' | 'bytes',
  number,
  number,
][] = [
  ['conversationsPerHour', 'perHour', 1, 10_000],
  ['messagesPer10Minutes', 'perMinutes', 1, 10_000],
  ['openConversations', 'open', 1, 100],
  ['streamsPerAddress', 'streams', 1, 10_000],
  ['messageBytes', 'bytes', 100, 16_000],
];

const proofs = ['auto', 'always', 'off'] as const;

function Limits({ deployment, change }: SectionProps) {
  const words = texts.behavior;
  return (
    <section class="share-part" aria-labelledby="limits-title">
      <h2 id="limits-title">{words.limits}</h2>
      <p class="muted">{words.limitsText}</p>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={(data) => {
          const entries = limits.map(([name]) => [name, Number(textOf(data, name))]);
          const { proofOfWork } = deployment.settings;
          return change({
            settings: {
              limits: Object.fromEntries(entries) as Partial<ChatLimits>,
              proofOfWork: proofs.find((one) => one === textOf(data, 'proofOfWork')) ?? proofOfWork,
            },
          });
        }}
      >
        {(faults) => (
          <>
            <div class="share-limits">
              {limits.map(([name, label, least, greatest]) => {
                const range = words.range(number.format(least), number.format(greatest));
                return (
                  <Field
                    key={name}
                    name={name}
                    label={words[label]}
                    hint={range}
                    autocomplete="off"
                    inputMode="numeric"
                    defaultValue={String(deployment.settings.limits[name])}
                    fault={faults[name] && range}
                  />
                );
              })}
            </div>
            <ChoiceField
              name="proofOfWork"
              label={words.proof}
              options={proofs.map((value) => ({
                ...{ value, label: words.proofs[value], hint: words.proofHints[value] },
              }))}
              defaultValue={deployment.settings.proofOfWork}
            />
          </>
        )}
      </SectionForm>
    </section>
  );
}

/** What happens when somebody comes back, what they agree to, and how much they may use. */
export function BehaviorSection(props: SectionProps) {
  return (
    <>
      <Returning {...props} />
      <Limits {...props} />
      <ModelBudget {...props} />
    </>
  );
}
