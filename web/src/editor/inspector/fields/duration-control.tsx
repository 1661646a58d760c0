import { parseDuration } from '@crmflow/contracts/duration';
import { texts } from '../../editor-texts.js';
import { Control, type ControlProps } from './control.js';
import { amountOf, isoOf, type Unit, units } from './duration.js';

/**
 * A length of time as people say it: 2 days. Empty where there is none.
 * @param props.emptyUnit the unit that is offered where there is none
 */
export function DurationControl({
  value,
  min = 1,
  emptyUnit = 'hours',
  onChange,
  ...control
}: ControlProps & {
  value: string;
  min?: 0 | 1;
  emptyUnit?: Unit;
  onChange: (value: string) => void;
}) {
  const ms = parseDuration(value);
  const amount = ms === null ? undefined : amountOf(ms);
  const unit = amount?.unit ?? emptyUnit;
  const setCount = (text: string) => {
    const count = Number(text);
    onChange(text === '' || !Number.isInteger(count) || count < min ? '' : isoOf({ count, unit }));
  };
  return (
    <Control {...control}>
      {(tied) => (
        <div class="control-cells">
          <input
            {...tied}
            class="input"
            type="number"
            min={min}
            step={1}
            inputMode="numeric"
            value={amount?.count ?? ''}
            onInput={(event) => setCount(event.currentTarget.value)}
          />
          <select
            class="input"
            aria-label={texts.units.label(control.label)}
            value={unit}
            onChange={(event) =>
              onChange(
                isoOf({ count: amount?.count ?? 1, unit: event.currentTarget.value as Unit }),
              )
            }
          >
            {units.map((one) => (
              <option key={one.unit} value={one.unit}>
                {texts.units[one.unit]}
              </option>
            ))}
          </select>
        </div>
      )}
    </Control>
  );
}
