import { limits } from '@crmflow/contracts/limits';
import { useSignal } from '@preact/signals';
import { useId, useMemo, useRef } from 'preact/hooks';
import { texts } from '../../editor-texts.js';
import { useTools } from '../tools.js';
import type { SourceMode } from '../../check/messages.js';
import { complete, type Completion, type Suggestion } from './complete.js';
import { spotAt } from './place.js';
import { type Spot, Suggestions } from './suggestions.js';
import { tokensOf } from './tokens.js';
import './code.css';

/** Writes a suggestion into a field, as a step that the field's own undo takes back. */
function insert(
  area: HTMLTextAreaElement,
  { from, to }: Completion,
  { insert: text, back }: Suggestion,
): void {
  area.focus();
  area.setSelectionRange(from, to);
  // The only way by which the browser's own undo knows of it.
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text, from, to, 'end');
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  const caret = from + text.length - back;
  area.setSelectionRange(caret, caret);
}

/** What a field for expressions takes. */
export type CodeInputProps = {
  id?: string;
  /** Where no label stands beside it. */
  label?: string;
  describedBy?: string | undefined;
  mode: SourceMode;
  value: string;
  onInput: (text: string) => void;
  /** Texts to be read look like texts. */
  isProse?: boolean;
  isSingleLine?: boolean;
  rows?: number;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  isInvalid?: boolean;
  /** The character at which it goes wrong. */
  faultAt?: number | undefined;
};

/** Longer texts are not coloured while one types. */
const longest = 8_000;

/** The limits are in bytes; who comes near them is told by the check. */
const mostOf = (mode: SourceMode) =>
  mode === 'template' ? limits.templateBytes : limits.expressionBytes;

type Open = { completion: Completion; active: number; at: Spot };

/** The text once more, below the field, in colours. */
function Colours({
  text,
  mode,
  faultAt,
}: Pick<CodeInputProps, 'mode' | 'faultAt'> & { text: string }) {
  const tokens = useMemo(
    () => (text.length > longest ? [{ kind: 'text' as const, text }] : tokensOf(text, mode)),
    [text, mode],
  );
  let at = 0;
  return (
    <>
      {tokens.map((token, index) => {
        const isWrong = faultAt !== undefined && at <= faultAt && faultAt < at + token.text.length;
        at += token.text.length;
        return (
          <span key={index} class={isWrong ? `code-${token.kind} wrong` : `code-${token.kind}`}>
            {token.text}
          </span>
        );
      })}
      {'\u200b'}
    </>
  );
}

/** A field for CEL, or for a text with CEL in `{{ }}`: coloured, with completion by Ctrl+Space. */
export function CodeInput(props: CodeInputProps) {
  const { id, label, describedBy, mode, value, onInput, isSingleLine = false } = props;
  const { variables, sample } = useTools();
  const listId = `${useId()}-list`;
  const area = useRef<HTMLTextAreaElement>(null);
  const colours = useRef<HTMLPreElement>(null);
  const open = useSignal<Open | undefined>(undefined);
  /** Behind braces that a suggestion has closed: who closes them too means the same ones. */
  const closedAt = useRef<number | undefined>(undefined);
  const overtyped = useRef(0);

  const close = () => (open.value = undefined);
  const offer = (isAsked: boolean) => {
    const { current: field } = area;
    if (!field || !colours.current) return;
    const { value: text, selectionStart: caret } = field;
    const known = { variables: variables.peek(), sample: sample.peek() };
    const completion = complete(text, caret, mode, known, isAsked);
    if (!completion) return close();
    // Drawn again by now or not: up to what is typed it stands where it stood.
    const at = spotAt(field, colours.current, Math.min(completion.from, value.length));
    open.value = { completion, active: 0, at };
  };
  const pick = (suggestion: Suggestion) => {
    const { value: now } = open;
    close();
    if (!now || !area.current) return;
    insert(area.current, now.completion, suggestion);
    closedAt.current = suggestion.insert.endsWith('}}') ? area.current.selectionStart : undefined;
    if (suggestion.kind === 'root') offer(false);
    else close();
  };
  const move = (by: number) => {
    const { value: now } = open;
    const count = now?.completion.suggestions.length ?? 0;
    if (now) open.value = { ...now, active: (now.active + by + count) % count };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      return offer(true);
    }
    const { value: now } = open;
    const isClosed = closedAt.current === area.current?.selectionStart;
    if (event.key === '}' && isClosed && overtyped.current < 2) {
      event.preventDefault();
      overtyped.current += 1;
      return undefined;
    }
    if (event.key.length === 1) {
      closedAt.current = undefined;
      overtyped.current = 0;
    }
    if (!now) {
      if (isSingleLine && event.key === 'Enter') event.preventDefault();
      return undefined;
    }
    const chosen = now.completion.suggestions[now.active];
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => chosen && pick(chosen),
      Tab: () => chosen && pick(chosen),
      Escape: close,
    };
    const run = keys[event.key];
    if (!run) {
      if (/^(Arrow|Home|End|Page)/.test(event.key)) close();
      return undefined;
    }
    event.preventDefault();
    event.stopPropagation();
    return run();
  };
  const { value: now } = open;
  return (
    <div class={props.isProse ? 'code-field' : 'code-field code'}>
      <pre ref={colours} class="input code-colours" aria-hidden="true">
        <Colours text={value} mode={mode} faultAt={props.faultAt} />
      </pre>
      <textarea
        ref={area}
        id={id}
        class="input code-text"
        rows={props.rows ?? 1}
        value={value}
        placeholder={props.placeholder}
        maxLength={props.maxLength ?? mostOf(mode)}
        spellcheck={props.isProse ?? false}
        autocapitalize="off"
        autocomplete="off"
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={props.isInvalid}
        aria-autocomplete="list"
        aria-controls={now ? listId : undefined}
        aria-activedescendant={now ? `${listId}-${now.active}` : undefined}
        onInput={({ currentTarget }) => {
          onInput(
            isSingleLine ? currentTarget.value.replace(/[\r\n]+/g, ' ') : currentTarget.value,
          );
          offer(false);
        }}
        onKeyDown={onKeyDown}
        onClick={close}
        onBlur={close}
      />
      {now && (
        <>
          <Suggestions
            id={listId}
            at={now.at}
            suggestions={now.completion.suggestions}
            active={now.active}
            onPick={pick}
          />
          <p class="visually-hidden" role="status">
            {texts.code.count(now.completion.suggestions.length)}
          </p>
        </>
      )}
    </div>
  );
}
