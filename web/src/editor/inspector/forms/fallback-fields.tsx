import { texts } from '../../editor-texts.js';
import { CodeControl } from '../code/code-control.js';
import type { DataInputOf } from '@crmflow/contracts';
import { SelectControl } from '../fields/select-control.js';

type Fallback = NonNullable<DataInputOf<'ai'>['fallback']>;

/** What happens where the model does not answer. */
export function FallbackFields({
  fallback,
  onChange,
}: {
  fallback: Fallback | undefined;
  onChange: (fallback: Fallback | undefined) => void;
}) {
  const kind = fallback?.kind ?? 'error';
  return (
    <>
      <SelectControl
        label={texts.fallback.title}
        field="fallback"
        hint={texts.fallback.hints[kind]}
        value={kind}
        options={(['error', 'text', 'passage'] as const).map((value) => ({
          value,
          label: texts.fallback.kinds[value],
        }))}
        onChange={(next) =>
          onChange(next === 'error' ? undefined : { text: '', ...fallback, kind: next })
        }
      />
      {kind !== 'error' && (
        <CodeControl
          label={kind === 'text' ? texts.fallback.text : texts.fallback.textElse}
          field="fallback.text"
          mode="template"
          isProse
          rows={2}
          value={fallback?.text ?? ''}
          onInput={(text) => onChange({ kind, text })}
        />
      )}
    </>
  );
}
