import { useComputed, useSignal } from '@preact/signals';
import { ArrowUp, CalendarDays, Mic, Square } from 'lucide';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { replyFor } from '../chat/reply-for.js';
import { Icon } from '../ui/icon.js';
import type { Chat } from './model.js';
import { texts } from './texts.js';
import { canListen, isListening, listen, stopListening } from './voice.js';

/** Moves the focus to where replies are written, unless a touch keyboard would cover the page. */
export function focusInput(): void {
  const isTouch = !matchMedia('(pointer: fine)').matches;
  const target = document.querySelector<HTMLElement>(isTouch ? '.top h1' : '.compose .field');
  (target ?? document.querySelector<HTMLElement>('.start, .top h1'))?.focus();
}

/** The answers to choose from: one stop of the Tab key, with the arrow keys between them. */
export function Choices({ chat }: { chat: Chat }) {
  const at = useSignal(0);
  const choices = chat.transcript.value.waiting?.choices ?? [];
  if (choices.length === 0) return null;
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const isForward = ['ArrowRight', 'ArrowDown'].includes(event.key);
    if (!isForward && !['ArrowLeft', 'ArrowUp'].includes(event.key)) return;
    event.preventDefault();
    at.value = (at.value + (isForward ? 1 : -1) + choices.length) % choices.length;
    (event.currentTarget.children[at.value] as HTMLElement).focus();
  };
  return (
    <div class="choices" role="group" aria-label={texts.choices} onKeyDown={move}>
      {choices.map((choice, index) => (
        <button
          key={choice.value}
          type="button"
          class="choice"
          dir="auto"
          tabIndex={index === at.value ? 0 : -1}
          onFocus={() => (at.value = index)}
          onClick={() => {
            at.value = 0;
            chat.send(replyFor(choice, choices));
            focusInput();
          }}
        >
          {choice.label || choice.value}
        </button>
      ))}
    </div>
  );
}

/** How browsers help with what is expected. It stays text: the flow judges what is written. */
const kinds = {
  number: { type: 'text', inputMode: 'decimal', autocomplete: 'off' },
  email: { type: 'email', inputMode: 'email', autocomplete: 'email' },
  phone: { type: 'tel', inputMode: 'tel', autocomplete: 'tel' },
  date: { type: 'text', inputMode: 'text', autocomplete: 'off' },
} as const;

const encoder = new TextEncoder();

function PickDate({ onPick }: { onPick: (date: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span class="pick">
      <input
        ref={input}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => onPick(currentTarget.value)}
      />
      <button
        class="icon-button"
        {...{ type: 'button', 'aria-label': texts.pickDate, title: texts.pickDate }}
        onClick={() => input.current?.showPicker()}
      >
        <Icon of={CalendarDays} size={20} />
      </button>
    </span>
  );
}

function Microphone({ chat }: { chat: Chat }) {
  const label = isListening.value ? texts.stopSpeaking : texts.speak;
  const toggle = () => {
    if (isListening.peek()) {
      stopListening();
      return;
    }
    const before = chat.draft.peek();
    listen(
      (text) => chat.type(before ? `${before} ${text}` : text),
      () => (chat.notice.value = { code: 'microphone' }),
    );
  };
  return (
    <button
      class={`icon-button ${isListening.value ? 'listening' : ''}`}
      {...{ type: 'button', 'aria-label': label, title: label }}
      aria-pressed={isListening.value}
      onClick={toggle}
    >
      <Icon of={isListening.value ? Square : Mic} size={isListening.value ? 16 : 20} />
    </button>
  );
}

/** Where messages are written, with the keyboard for what the flow expects. */
export function Composer({ chat }: { chat: Chat }) {
  const field = useRef<HTMLElement>(null);
  const waiting = useComputed(() => chat.transcript.value.waiting);
  const expect = waiting.value?.expect ?? 'any';
  const text = chat.draft.value;
  const { messageBytes } = chat.config;
  const share = encoder.encode(text).length / messageBytes;
  const isTooLong = share > 1;
  const isEmpty = text.trim() === '';
  const label = chat.transcript.value.isFinished ? texts.again : texts.expecting[expect];

  useEffect(() => {
    const { activeElement: active } = document;
    const isFree = !active || active === document.body || active.closest('.compose') !== null;
    if (waiting.value && isFree && matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, [waiting.value]);

  const submit = () => {
    if (isEmpty || isTooLong) return;
    chat.send();
    field.current?.focus();
  };
  const shared = {
    class: 'field',
    name: 'message',
    'aria-label': label,
    placeholder: label,
    'aria-invalid': isTooLong,
    'aria-describedby': 'compose-note',
    dir: 'auto' as const,
    value: text,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      chat.type(currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    },
  };
  return (
    <form
      class="compose"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="box">
        {expect in kinds ? (
          <input
            key={expect}
            {...shared}
            {...kinds[expect as keyof typeof kinds]}
            ref={field as RefObject<HTMLInputElement>}
          />
        ) : (
          <textarea
            key="text"
            {...shared}
            ref={field as RefObject<HTMLTextAreaElement>}
            rows={1}
            enterkeyhint="send"
          />
        )}
        {expect === 'date' && <PickDate onPick={chat.type} />}
        {canListen && expect === 'any' && <Microphone chat={chat} />}
        <button
          class="send"
          {...{ type: 'submit', 'aria-label': texts.send, title: texts.send }}
          disabled={isEmpty || isTooLong}
        >
          <Icon of={ArrowUp} size={20} />
        </button>
      </div>
      <p id="compose-note" class="small bad" role="status">
        {isTooLong && texts.tooLong(Math.ceil((share - 1) * 100))}
      </p>
    </form>
  );
}
