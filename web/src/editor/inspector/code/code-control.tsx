import { useId } from 'preact/hooks';
import { Control, type ControlProps } from '../fields/control.js';
import { CodeInput, type CodeInputProps } from './code-input.js';
import { CodeNotes } from './code-notes.js';
import { useSource } from './use-source.js';

type Props = Omit<CodeInputProps, 'id' | 'describedBy' | 'isInvalid' | 'faultAt' | 'label'>;

/** Whether an issue is of the code itself, which is shown while it is typed. */
export const isOfCode = ({ code }: { code: string }): boolean =>
  code === 'expression_invalid' || code === 'expression_too_large';

/** A field for CEL or a template, with its label, and with what is wrong with it. */
export function CodeControl({ label, hint, fault, field, ...input }: ControlProps & Props) {
  const source = useSource(input.mode, input.value);
  const notes = `${useId()}-notes`;
  const wrong = source.issue.value;
  return (
    <Control
      label={label}
      fault={fault}
      leaveIssues={isOfCode}
      {...(hint !== undefined && { hint })}
      {...(field !== undefined && { field })}
    >
      {(tied) => (
        <>
          <CodeInput
            {...input}
            id={tied.id}
            describedBy={[tied['aria-describedby'], notes].filter(Boolean).join(' ')}
            isInvalid={wrong !== undefined || fault !== undefined}
            faultAt={wrong?.offset}
          />
          <CodeNotes id={notes} text={input.value} source={source} />
        </>
      )}
    </Control>
  );
}

/** As `CodeControl`, in a row whose label only those hear who do not see the row. */
export function CodeCell({ label, ...input }: Props & { label: string }) {
  const source = useSource(input.mode, input.value);
  const notes = `${useId()}-notes`;
  const wrong = source.issue.value;
  return (
    <div class="code-cell">
      <CodeInput
        placeholder={label}
        {...input}
        label={label}
        describedBy={notes}
        isInvalid={wrong !== undefined}
        faultAt={wrong?.offset}
      />
      <CodeNotes id={notes} text={input.value} source={source} />
    </div>
  );
}
