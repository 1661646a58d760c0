import { AreaField } from '../../ui/field/area-field.js';
import { Field } from '../../ui/field/field.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import { language } from '../../texts/language.js';
import { texts } from '../share-texts.js';
import type { SectionProps } from './section-props.js';

const number = new Intl.NumberFormat(language);

/** How much of the model the conversations of a chat page may use in a day, and what customers read then. */
export function ModelBudget({ deployment, change }: SectionProps) {
  const words = texts.behavior;
  const { settings, modelTokensToday } = deployment;
  return (
    <section class="share-part" aria-labelledby="budget-title">
      <h2 id="budget-title">{words.budget}</h2>
      <p class="muted">{words.budgetText}</p>
      <SectionForm
        submit={texts.save}
        done={texts.saved}
        onSubmit={(data) => {
          const tokens = textOf(data, 'modelTokensPerDay').trim();
          return change({
            settings: {
              limits: { modelTokensPerDay: tokens === '' ? null : Number(tokens) },
              fallbackText: textOf(data, 'fallbackText'),
            },
          });
        }}
      >
        {(faults) => (
          <>
            <Field
              name="modelTokensPerDay"
              label={words.tokens}
              hint={words.tokensHint(number.format(modelTokensToday))}
              autocomplete="off"
              inputMode="numeric"
              defaultValue={settings.limits.modelTokensPerDay?.toString() ?? ''}
              fault={faults['modelTokensPerDay'] && words.tokensFault(number.format(1_000))}
            />
            <AreaField
              name="fallbackText"
              label={words.fallback}
              hint={words.fallbackHint}
              rows={3}
              defaultValue={settings.fallbackText}
              fault={faults['fallbackText']}
            />
          </>
        )}
      </SectionForm>
    </section>
  );
}
