import type { Expectation } from '@crmflow/contracts';
import type { RefObject } from 'preact';

type Props = {
  expect: Expectation;
  label: string;
  text: string;
  isInvalid: boolean;
  inputRef: RefObject<HTMLElement | null>;
  onType: (text: string) => void;
  onSubmit: () => void;
};

/** One line of a form that browsers know, and the keyboard that phones show for it. */
const singleLine = {
  number: { type: 'text', inputMode: 'decimal', autocomplete: 'off' },
  email: { type: 'email', inputMode: 'email', autocomplete: 'email' },
  date: { type: 'date', inputMode: undefined, autocomplete: 'off' },
} as const;

const isSingle = (expect: Expectation): expect is keyof typeof singleLine => expect in singleLine;

const mayHaveLines = (expect: Expectation) => expect === 'any';

/** The input that fits what the flow expects. The server judges what is typed. */
export function ReplyInput({ expect, label, text, isInvalid, inputRef, onType, onSubmit }: Props) {
  const shared = {
    class: 'input',
    name: 'reply',
    'aria-label': label,
    placeholder: label,
    'aria-invalid': isInvalid,
    'aria-describedby': 'composer-hint',
    value: text,
  };
  if (isSingle(expect)) {
    return (
      <input
        key={expect}
        {...shared}
        {...singleLine[expect]}
        ref={inputRef as RefObject<HTMLInputElement | null>}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
    );
  }
  return (
    <textarea
      key="text"
      {...shared}
      ref={inputRef as RefObject<HTMLTextAreaElement | null>}
      rows={1}
      enterkeyhint="send"
      onInput={({ currentTarget }) => onType(currentTarget.value)}
      onKeyDown={(event) => {
        const isNewLine = event.shiftKey && mayHaveLines(expect);
        if (event.key !== 'Enter' || isNewLine || event.isComposing) return;
        event.preventDefault();
        onSubmit();
      }}
    />
  );
}
