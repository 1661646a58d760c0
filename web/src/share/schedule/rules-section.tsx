import type { JsonObject, ScheduleDeployment } from '@crmflow/contracts';
import { parseDuration } from '@crmflow/contracts/duration';
import { isJsonObject } from '@crmflow/contracts/json-object';
import { type ScheduleOverlap, scheduleOverlaps } from '@crmflow/contracts/kinds';
import { ApiError } from '../../api/api-error.js';
import { AreaField } from '../../ui/field/area-field.js';
import { ChoiceField } from '../../ui/field/choice-field.js';
import { SelectField } from '../../ui/field/select-field.js';
import { durationWords } from '../../ui/format/duration-words.js';
import { textOf } from '../../ui/format/text-of.js';
import { SectionForm } from '../../ui/section-form.js';
import type { SectionProps } from '../sections/section-props.js';
import { texts } from '../share-texts.js';

const usual = ['PT5M', 'PT1H', 'PT6H', 'P1D', 'P7D', 'P30D'];

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text.trim() || '{}');
  } catch {
    return undefined;
  }
};

/** A JSON object that was typed. @throws ApiError for anything else */
function readObject(text: string): JsonObject {
  const value = readJson(text);
  if (isJsonObject(value)) return value;
  const message = texts.schedule.rules.inputFault;
  throw new ApiError('invalid', message, [{ path: 'settings.input', message }]);
}

/** What becomes of times that overlap or come late, and what runs get. */
export function RulesSection({ deployment, change }: SectionProps<ScheduleDeployment>) {
  const words = texts.schedule.rules;
  const { overlap, catchUp, input } = deployment.settings;
  return (
    <SectionForm
      submit={texts.save}
      done={texts.saved}
      onSubmit={async (data) =>
        change({
          settings: {
            overlap: textOf(data, 'overlap') as ScheduleOverlap,
            catchUp: textOf(data, 'catchUp'),
            input: readObject(textOf(data, 'input')),
          },
        })
      }
    >
      {(faults) => (
        <>
          <ChoiceField
            name="overlap"
            label={words.overlap}
            options={scheduleOverlaps.map((value) => ({
              value,
              label: words.overlaps[value],
              hint: words.hints[value],
            }))}
            defaultValue={overlap}
          />
          <SelectField
            name="catchUp"
            label={words.catchUp}
            hint={words.catchUpHint}
            options={[...new Set([...usual, catchUp])].map((value) => ({
              value,
              label: texts.schedule.upTo(durationWords(parseDuration(value) ?? 0)),
            }))}
            defaultValue={catchUp}
            fault={faults['catchUp']}
          />
          <AreaField
            name="input"
            label={words.input}
            hint={words.inputHint}
            rows={8}
            defaultValue={JSON.stringify(input, null, 2)}
            fault={faults['input']}
          />
        </>
      )}
    </SectionForm>
  );
}
